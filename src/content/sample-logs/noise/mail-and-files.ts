import type { Day } from '../company';
import type { Person } from '../people';
import { createRandom, type Random } from '../random';
import { type OfficeAction, officeRow } from '../rows/cloud';
import { edge } from './sign-ins';
import { instantIn, type WorkingDay, workingDay } from './working-day';

const subjects = [
  'Weekly rota',
  'Container 4471 arrival',
  'Invoice question',
  'Lunch on Thursday?',
  'Customs papers',
  'Minutes',
  'Quote for pallets',
  'Re: Re: timetable',
];
const fileNames = [
  'Rota.xlsx',
  'Manifest.pdf',
  'Quote.docx',
  'Rates-Q4.xlsx',
  'Minutes.docx',
  'Floorplan.vsdx',
  'Training.pptx',
  'Contract-draft.docx',
  'Customs-form.pdf',
  'Photos.zip',
];
const sites = ['Logistics', 'Finance', 'Sales', 'Engineering', 'Company'];

/** Mailbox, SharePoint and OneDrive use of a working day. */
export function mailAndFiles(today: Day): void {
  const { random, company } = today;
  for (const person of company.people) {
    const work = workingDay(today, person, createRandom(company.seed, `work ${person.sam} ${today.start}`));
    if (!work) continue;
    for (let count = random.int(14, 27); count > 0; count--) {
      today.emit('OfficeActivity', instantIn(random, work), officeRow(random, usual(random, person, work)));
    }
    if (random.chance(0.02))
      today.emit('OfficeActivity', instantIn(random, work), officeRow(random, harmlessRule(random, person, work)));
    if (random.chance(0.012)) syncLibrary(today, person, work);
  }
}

function usual(random: Random, person: Person, work: WorkingDay): OfficeAction {
  const base = { person, address: work.address, userAgent: edge };
  const kind = random.next();
  if (kind < 0.22)
    return { ...base, workload: 'Exchange', operation: 'Send', item: { Subject: random.pick(subjects) } };
  if (kind < 0.42)
    return {
      ...base,
      workload: 'Exchange',
      operation: 'MailItemsAccessed',
      folders: [{ Path: '\\Inbox', FolderItems: random.int(1, 9) }],
    };
  if (kind < 0.5)
    return {
      ...base,
      workload: 'Exchange',
      operation: random.pick(['MoveToDeletedItems', 'SoftDelete']),
      affected: [{ subject: random.pick(subjects), folder: '\\Inbox' }],
    };
  if (kind < 0.56) return { ...base, workload: 'MicrosoftTeams', operation: 'TeamsSessionStarted' };
  const operation = random.pick([
    'FileAccessed',
    'FileAccessed',
    'FileModified',
    'FilePreviewed',
    'FileDownloaded',
    'FileUploaded',
    'SharingSet',
  ]);
  return {
    ...base,
    workload: random.chance(0.6) ? 'SharePoint' : 'OneDrive',
    operation,
    file: { site: siteOf(random.pick(sites)), path: 'Shared Documents', name: random.pick(fileNames) },
  };
}

export function siteOf(name: string): string {
  return `https://fernhill.sharepoint.example/sites/${name}`;
}

/** People tidy their mail; none of these rules hides anything. */
function harmlessRule(random: Random, person: Person, work: WorkingDay): OfficeAction {
  const rule = random.pick([
    { Name: 'Newsletters', SubjectContainsWords: 'newsletter;webinar', MoveToFolder: 'Newsletters' },
    { Name: 'Harbourmaster alerts', From: 'alerts@harbourmaster.example', MoveToFolder: 'Alerts' },
    { Name: 'Team', SentTo: 'logistics@fernhill.example', MoveToFolder: 'Team' },
    { Name: 'Old invoices', SubjectContainsWords: 'invoice copy', MoveToFolder: 'Invoices', MarkAsRead: 'False' },
  ]);
  return {
    person,
    address: work.address,
    workload: 'Exchange',
    operation: random.chance(0.6) ? 'New-InboxRule' : 'Set-InboxRule',
    objectId: `${person.upn}\\${rule.Name}`,
    parameters: { ...rule, StopProcessingRules: 'True' },
  };
}

/** Now and then somebody synchronises a whole library to a laptop: many downloads, from their usual address. */
function syncLibrary(today: Day, person: Person, work: WorkingDay): void {
  const start = instantIn(today.random, work);
  const site = siteOf(today.random.pick(sites));
  for (let count = 0; count < 90; count++) {
    today.emit(
      'OfficeActivity',
      start + count * 1_400,
      officeRow(today.random, {
        person,
        address: work.address,
        workload: 'SharePoint',
        operation: 'FileSyncDownloadedFull',
        userAgent: 'Microsoft SkyDriveSync 24.201',
        file: {
          site,
          path: 'Shared Documents/Archive',
          name: `${String(count).padStart(3, '0')}-${today.random.pick(fileNames)}`,
        },
      }),
    );
  }
}
