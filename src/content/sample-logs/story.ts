import { day } from './row';

/** What the intruder uses; all of it invented, in the ranges and names kept for documentation. */
export const intruder = {
  /** Rented machines the password spray comes from; the last is the one that gets in. */
  sprayAddresses: ['203.0.113.66', '203.0.113.71', '203.0.113.94'],
  entryAddress: '203.0.113.94',
  /** Where the new account signs in to the cloud from. */
  portalAddress: '203.0.113.97',
  /** Where the document's script loads from, and where the implant reports to. */
  loaderName: 'cdn.fernhill-docs.example',
  controlName: 'telemetry-sync.example',
  controlAddress: '203.0.113.140',
  /** Where the stolen files go. */
  dropName: 'objects.coldharbor-store.example',
  dropAddress: '203.0.113.200',
  folder: 'C:\\ProgramData\\Intel',
  implant: 'igfxhelper.exe',
  renamedRclone: 'svchelper.exe',
  document: 'Supplier_Terms.docm',
  /** Where the web server is probed from, and where the application is made to look something up. */
  probeAddress: '203.0.113.118',
  lookupAddress: '203.0.113.153',
  encryptor: 'fhupd.exe',
  lockedEnding: '.fhlock',
  application: 'Mail Archive Sync',
  newAccount: 'svc-helpdesk2',
  service: 'FHUpdSvc',
  task: '\\Microsoft\\Windows\\Intel\\GfxUpdate',
} as const;

/** Domain names of the two people it happens to, the administrator whose account is stolen, and the machines. */
export const victims = {
  mailbox: 'marta.oliveira',
  /** The managing director, whose mail the new account reads. */
  director: 'amelia.hart',
  workstationUser: 'tomasz.wrona',
  administrator: 'renate.keller',
  fileServer: 'FH-FS01',
  applicationServer: 'FH-APP01',
  managementServer: 'FH-MGMT01',
  domainController: 'FH-DC01',
  webServer: 'fh-web01',
} as const;

interface StoryStep {
  id: string;
  /** Days after the day of the first entry. */
  day: number;
  /** UTC. */
  time: string;
  technique: string;
  summary: string;
}

/** The intrusion in its order. */
export const story = [
  step('spray', -1, '17:40', 'T1110.003', 'Two passwords are tried on most accounts, slowly, from rented machines'),
  step(
    'old-protocol',
    -1,
    '23:20',
    'T1110',
    'The password that was found is tried over old mail protocols, which a policy refuses',
  ),
  step(
    'push-fatigue',
    0,
    '06:52',
    'T1621',
    'The finance clerk whose password was found is asked to approve again and again',
  ),
  step('entry', 0, '07:23', 'T1078.004', 'She approves, and the intruder is in her mailbox'),
  step('new-mfa', 0, '07:31', 'T1556.006', 'A second authenticator is registered for her'),
  step('consent', 0, '07:38', 'T1528', 'An application gets lasting access to her mail'),
  step('mail-rule', 0, '07:44', 'T1564.008', 'A rule hides what colleagues might ask'),
  step('mail-read', 0, '07:55', 'T1114.002', 'Her mail is read through the application'),
  step('inside-phish', 0, '09:12', 'T1534', 'A document with a macro is shared with Logistics in her name'),
  step(
    'sent-deleted',
    0,
    '09:19',
    'T1070.008',
    'The message is deleted from her sent mail, and what colleagues answer with it',
  ),
  step('document', 0, '09:41', 'T1204.002', 'A colleague opens it; Word starts encoded PowerShell'),
  step('download', 0, '09:42', 'T1105', 'certutil and bitsadmin load the implant'),
  step('beacon', 0, '09:44', 'T1071.001', 'The implant reports every five minutes'),
  step('discovery', 0, '10:06', 'T1087.002', 'Who am I, who are the administrators, where are the domain controllers'),
  step(
    'guess-inside',
    0,
    '14:20',
    'T1110.003',
    'From the workstation one password is tried on the accounts of the domain',
  ),
  step('user-task', 0, '15:03', 'T1053.005', 'A scheduled task starts the implant again after a restart'),
  step('files-in-cloud', 1, '02:04', 'T1530', 'Hundreds of files are taken from SharePoint with her session'),
  step(
    'lsass',
    1,
    '10:20',
    'T1003.001',
    'The memory of LSASS is written to a file; an administrator had been logged on',
  ),
  step('hives', 1, '10:31', 'T1003.002', 'The registry’s password hives of the workstation are saved'),
  step(
    'kerberoast',
    1,
    '10:52',
    'T1558.003',
    'Service tickets with weak encryption are asked for, to guess passwords from',
  ),
  step('roast-first-ticket', 1, '10:57', 'T1558.004', 'So is a ticket for an account that need not prove its password'),
  step('wmi', 1, '11:40', 'T1047', 'Commands on the application server through WMI'),
  step('service', 1, '12:05', 'T1569.002', 'A service is installed on the file server over the network'),
  step('library', 1, '12:14', 'T1218.010', 'There regsvr32 runs a script, and rundll32 a library of the intruder’s'),
  step(
    'remote-desktop',
    1,
    '12:31',
    'T1021.001',
    'Remote desktop to the management server and on to the domain controller',
  ),
  step(
    'port-forward',
    1,
    '12:48',
    'T1090.001',
    'The management server passes connections on to the intruder’s machine',
  ),
  step(
    'renamed-tool',
    1,
    '13:10',
    'T1036.003',
    'A copy of cmd.exe under another name looks round and searches for passwords',
  ),
  step('build', 1, '13:24', 'T1127.001', 'MSBuild builds a program from a text file and runs it'),
  step('ntds', 1, '14:10', 'T1003.003', 'A copy of the domain’s password database'),
  step('new-account', 1, '14:26', 'T1136.002', 'A new account becomes a domain administrator'),
  step(
    'replication',
    1,
    '14:52',
    'T1003.006',
    'The domain controller is asked for everybody’s hashes, as another controller would',
  ),
  step('server-task', 2, '09:30', 'T1053.005', 'A scheduled task on the file server'),
  step(
    'cloud-role',
    2,
    '10:15',
    'T1098.003',
    'From the administrator’s open session the new account gets the highest role in the cloud',
  ),
  step('policy', 2, '10:21', 'T1556.009', 'A policy no longer asks it for a second factor'),
  step('app-secret', 2, '10:34', 'T1098.001', 'An application that everybody trusts gets one more secret'),
  step('portal', 2, '11:02', 'T1078.004', 'The new account signs in from outside with its password alone'),
  step('delegate', 2, '11:10', 'T1098.002', 'It may read the managing director’s mailbox, and does'),
  step('audit-off', 2, '11:52', 'T1562.008', 'What it does in mailboxes is no longer recorded'),
  step('ssh', 2, '13:05', 'T1021.004', 'From the management server to the web server by ssh'),
  step('cron', 2, '13:11', 'T1053.003', 'A cron job fetches and runs a script every ten minutes'),
  step('page-scan', 2, '13:48', 'T1595.003', 'The web server is asked for pages that many others have'),
  step(
    'lookup',
    2,
    '14:20',
    'T1190',
    'A lookup in a request makes the freight tracking load a program: a second way in',
  ),
  step('web-shell', 2, '14:29', 'T1505.003', 'A page is left there that runs what it is asked to'),
  step('archive', 2, '18:30', 'T1560.001', 'The finance share is packed with a password'),
  step('exfiltration', 2, '20:05', 'T1567.002', 'A renamed rclone carries the archives away'),
  step('protection-off', 2, '21:45', 'T1562.001', 'Virus protection and firewall of the file server are switched off'),
  step('services-stopped', 2, '21:52', 'T1489', 'Backup and database services are stopped on two servers'),
  step('reach', 2, '22:04', 'T1135', 'The file server tries the shares of forty machines'),
  step(
    'logon-share',
    2,
    '22:12',
    'T1484.001',
    'A program is put in the domain’s logon share, and a task for everybody in a policy',
  ),
  step('no-recovery', 2, '22:20', 'T1490', 'Shadow copies are deleted and recovery is switched off'),
  step('safe-mode', 2, '22:26', 'T1562.009', 'The file server is to start in safe mode next time'),
  step('backups-deleted', 2, '22:30', 'T1485', 'The backups are deleted'),
  step('trial', 2, '22:35', 'T1486', 'Encryption is tried on one old folder of scans'),
  step('log-cleared', 2, '22:41', 'T1070.001', 'The Security log is cleared on two servers'),
] as const;
type StoryStepId = (typeof story)[number]['id'];

export interface StoryClock {
  /** Milliseconds at which a step begins. */
  at(id: StoryStepId): number;
  /** Midnight UTC of the day of the first entry. */
  entryDay: number;
}

/**
 * The first entry falls on the latest day from Monday to Thursday that is at least three days before `now`'s day, so that
 * all of it has happened, most of it on working days, and a hunt over the last seven days finds it.
 */
export function createStoryClock(now: Date): StoryClock {
  let entryDay = Math.floor(now.getTime() / day) * day - 3 * day;
  while (![1, 2, 3, 4].includes(new Date(entryDay).getUTCDay())) entryDay -= day;
  return {
    entryDay,
    at(id) {
      const found = story.find((candidate) => candidate.id === id);
      if (!found) throw new RangeError(`no step ${id}`);
      const [hours = 0, minutes = 0] = found.time.split(':').map(Number);
      return entryDay + found.day * day + hours * 3_600_000 + minutes * 60_000;
    },
  };
}

function step<Id extends string>(id: Id, dayAfterEntry: number, time: string, technique: string, summary: string) {
  return { id, day: dayAfterEntry, time, technique, summary } satisfies StoryStep;
}
