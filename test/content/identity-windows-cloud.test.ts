import path from 'node:path';
import { readSolution } from '../../src/content/read-solution';
import { openSampleWithSolutions, solutionsFolder } from '../support/sample-with-solutions';

const slugs = ['identity-attacks', 'windows-intrusion', 'cloud-and-mailbox-abuse'];
const marta = 'marta.oliveira@fernhill.example';
const helpdesk = 'svc-helpdesk2@fernhill.example';

/** By file: what a hunt over the last seven days must show in one row, and how many rows it has at most. */
const expected: Record<string, { row: Record<string, unknown>; atMost: number }> = {
  'two-sign-ins-too-far-apart-to-travel': {
    row: { UserPrincipalName: marta, PreviousAddress: '203.0.113.94', Kilometres: 1612 },
    atMost: 2,
  },
  'unmanaged-device-from-a-network-new-to-a-person': {
    row: { UserPrincipalName: helpdesk, IPAddress: '203.0.113.97', OneFactor: 2 },
    atMost: 2,
  },
  'right-password-over-an-old-mail-protocol': {
    row: { UserPrincipalName: marta, Tries: 4, SignedIn: 0, Protocols: ['Authenticated SMTP', 'IMAP4', 'POP3'] },
    atMost: 1,
  },
  'one-machine-fails-for-many-domain-accounts': {
    row: { From: '10.20.8.22', Accounts: 53, NoSuchAccount: 5 },
    atMost: 1,
  },
  'first-ticket-without-proof-of-the-password': {
    row: { SourceAddress: '10.20.8.22', Account: 'svc-print', WeakTickets: 1 },
    atMost: 1,
  },
  'directory-role-given-to-a-young-account': {
    row: { Account: helpdesk, Role: 'Global Administrator', GivenBy: 'renate.keller@fernhill.example' },
    atMost: 1,
  },
  'administration-portal-opened-with-one-factor': {
    row: { UserPrincipalName: helpdesk, Applications: ['Azure Portal'] },
    atMost: 1,
  },
  'conditional-access-policy-weakened': {
    row: { Policy: 'Second factor for everybody', Weaker: 'lets more accounts past' },
    atMost: 1,
  },
  'push-refused-approved-new-factor-registered': {
    row: { UserPrincipalName: marta, IPAddress: '203.0.113.94', Refused: 11 },
    atMost: 1,
  },
  'password-tried-on-many-accounts-of-the-domain': { row: { SourceAddress: '10.20.8.22', Accounts: 53 }, atMost: 1 },
  'highest-cloud-role-given-outside-pim': { row: { Account: helpdesk, Role: 'Global Administrator' }, atMost: 1 },
  'accounts-let-past-a-conditional-access-policy': { row: { ChangedBy: 'renate.keller@fernhill.example' }, atMost: 1 },

  'program-copied-to-an-admin-share-and-started': {
    row: { DeviceName: 'fh-fs01.fernhill.example', SourceAddress: '10.20.8.22', CopiedBy: 'adm-rkeller' },
    atMost: 1,
  },
  'administrator-signed-in-at-somebodys-desk': {
    row: { Account: 'adm-rkeller', Host: 'FH-WS-003', Users: '["tomasz.wrona"]' },
    atMost: 1,
  },
  'other-machine-reached-with-another-account': {
    row: { Host: 'fh-ws-003.fernhill.example', Target: 'FH-APP01', AsAccount: 'FERNHILL\\adm-rkeller' },
    atMost: 1,
  },
  'registry-hives-with-passwords-saved': {
    row: {
      Host: 'fh-ws-003.fernhill.example',
      Hives: ['SAM', 'SECURITY', 'SYSTEM'],
      Traces: ['command', 'file'],
      LocalPasswords: true,
    },
    atMost: 2,
  },
  'remote-desktop-opened-by-a-shell-or-a-program': {
    row: { Host: 'fh-ws-003.fernhill.example', Target: 'FH-MGMT01', ArrivedAs: 'FERNHILL\\adm-rkeller' },
    atMost: 1,
  },
  'ntlm-logon-where-kerberos-is-usual': {
    row: { Computer: 'FH-APP01.fernhill.example', TargetAccount: 'FERNHILL\\adm-rkeller', SourceHost: 'FH-WS-003' },
    atMost: 3,
  },
  'passwords-looked-for-in-files': {
    row: { Host: 'fh-app01.fernhill.example', Parent: 'wmiprvse.exe', Runs: 1 },
    atMost: 3,
  },
  'directory-copied-by-no-domain-controller': {
    row: { Account: 'FERNHILL\\svc-helpdesk2', SourceHost: 'FH-WS-003', Requests: 3, Package: 'NTLM' },
    atMost: 1,
  },
  'directory-secrets-copied-by-an-unknown-account': { row: { Account: 'FERNHILL\\svc-helpdesk2' }, atMost: 1 },
  'program-from-the-network-started-on-a-server': { row: { DeviceName: 'fh-fs01.fernhill.example' }, atMost: 1 },
  'password-hives-of-the-registry-saved': { row: { Account: 'fernhill\\tomasz.wrona' }, atMost: 1 },

  'mailbox-read-in-bulk': {
    row: { Mailbox: 'amelia.hart@fernhill.example', Reader: helpdesk, WhyValuable: 'managing director' },
    atMost: 2,
  },
  'application-used-on-mail-soon-after-consent': {
    row: { Application: 'Mail Archive Sync', ConsentBy: marta, Actions: 64 },
    atMost: 1,
  },
  'sent-mail-deleted-for-good': {
    row: { Mailbox: marta, ClientIP: '203.0.113.94', Deleted: 4, Answers: 3 },
    atMost: 1,
  },
  'file-shared-with-many-colleagues-at-once': {
    row: { UserId: marta, SourceFileName: 'Supplier_Terms.docm', CanCarryMacros: true, Receivers: 9 },
    atMost: 1,
  },
  'new-secret-for-an-application': {
    row: { Application: 'Harbourmaster Cloud', KeyType: 'Password', KeyName: 'sync', People: 60 },
    atMost: 1,
  },
  'mailbox-opened-to-another-account': {
    row: { Mailbox: 'amelia.hart@fernhill.example', Receiver: helpdesk, Visits: 22, GaveThemselves: true },
    atMost: 1,
  },
  'recording-of-mailbox-actions-switched-off': { row: { UserId: helpdesk, ClientIP: '203.0.113.97' }, atMost: 1 },
  'cloud-actions-after-a-risky-sign-in': { row: { Account: marta, Address: '203.0.113.94' }, atMost: 2 },
  'secret-added-to-an-application-by-a-person': { row: { Application: 'Harbourmaster Cloud' }, atMost: 1 },
  'mailbox-recording-switched-off-for-an-account': { row: { Bypassed: helpdesk }, atMost: 1 },
  'full-access-to-a-valuable-mailbox-given': { row: { Receiver: helpdesk, Why: 'managing director' }, atMost: 1 },
};

describe('identity attacks, Windows intrusion, cloud and mailbox abuse on the sample logs', () => {
  const items = slugs
    .map((slug) => readSolution(path.join(solutionsFolder, slug)))
    .flatMap((one) => [...one.queries, ...one.rules])
    .map((item) => [path.basename(item.source, '.yaml'), item] as const);
  let sample: Awaited<ReturnType<typeof openSampleWithSolutions>>;

  beforeAll(async () => {
    sample = await openSampleWithSolutions(slugs);
  }, 120_000);

  afterAll(() => sample?.close());

  it('has an expectation here', () => {
    expect(items.map(([file]) => file).sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(items)('%s finds its traces and little else', async (file, item) => {
    const rows = await sample.hunt(item.query);
    expect(rows).toContainEqual(expect.objectContaining(expected[file]?.row ?? {}));
    expect(rows.length).toBeLessThanOrEqual(expected[file]?.atMost ?? 0);
    for (const { columnName } of item.entityMappings.flatMap((mapping) => mapping.fieldMappings)) {
      const values = rows.map((row) => row[columnName]).filter((value) => value !== '' && value !== null);
      expect([columnName, values.length]).not.toEqual([columnName, 0]);
    }
  });

  it('brings the process starts of both sources into one shape', async () => {
    const [row] = await sample.hunt(`TalbotProcessStarts
      | where FileName == "wmiprvse.exe"
      | summarize Sources = make_set(Source), Ids = countif(ProcessId > 0), All = count(), Parents = make_set(Parent)`);
    expect(row?.Sources).toEqual(['Defender', 'Security log']);
    expect(row?.Ids).toBe(row?.All);
    expect(row?.Parents).toEqual(['svchost.exe']);
  });

  it('brings the failed logons of all sources into one shape', async () => {
    const rows = await sample.hunt('TalbotLogonFailures | summarize Failures = count() by Source, Reason');
    expect(new Set(rows.map((row) => row.Source))).toEqual(new Set(['Entra', 'Kerberos', 'NTLM', 'Windows']));
    expect(rows.map((row) => row.Reason)).not.toContain('other');
  });

  it('brings the actions of directory, mail and files into one shape', async () => {
    const rows = await sample.hunt(
      `TalbotCloudActions | where Account == "${marta}" | summarize Actions = count() by Place`,
    );
    expect(rows.map((row) => row.Place).sort()).toEqual([
      'Directory',
      'Exchange',
      'MicrosoftTeams',
      'OneDrive',
      'SharePoint',
    ]);
  });
});
