import { type Company, personNamed } from './company';
import { newCloudAccount } from './intrusion-directory';
import { edge } from './noise/sign-ins';
import { createRandom, type Random } from './random';
import { type Emit, minute, second } from './row';
import { type OfficeAction, officeRow } from './rows/cloud';
import { intruder, type StoryClock, victims } from './story';

/** Traces wiped from one mailbox, and another one opened with rights that were given for it. */
export function intrusionInMailboxes(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'intrusion in mailboxes');
  wipeSentMail(company, clock, emit, random);
  readAsDelegate(company, clock, emit, random);
}

function wipeSentMail(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const person = personNamed(company, victims.mailbox);
  const subject = 'Updated supplier terms - please review today';
  const at = clock.at('sent-deleted');
  const wiped: [number, string, string][] = [
    [0, subject, '\\Sent Items'],
    [14, `Re: ${subject}`, '\\Inbox'],
    [31, `Re: ${subject}`, '\\Inbox'],
    [58, `Automatic reply: ${subject}`, '\\Inbox'],
  ];
  for (const [minutes, text, folder] of wiped)
    emit(
      'OfficeActivity',
      at + minutes * minute,
      officeRow(random, {
        person,
        address: intruder.entryAddress,
        workload: 'Exchange',
        operation: 'HardDelete',
        userAgent: edge,
        affected: [{ subject: text, folder }],
      }),
    );
}

function readAsDelegate(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const account = newCloudAccount(company);
  const director = personNamed(company, victims.director);
  const put = (at: number, action: Pick<OfficeAction, 'operation'> & Partial<OfficeAction>, more = {}) =>
    emit('OfficeActivity', at, {
      ...officeRow(random, {
        person: account,
        address: intruder.portalAddress,
        workload: 'Exchange',
        userAgent: edge,
        ...action,
      }),
      ...more,
    });
  put(
    clock.at('delegate'),
    {
      operation: 'Add-MailboxPermission',
      objectId: director.upn,
      parameters: {
        Identity: director.upn,
        User: account.upn,
        AccessRights: 'FullAccess',
        InheritanceType: 'All',
        AutoMapping: 'False',
      },
    },
    { UserType: 'Admin' },
  );
  for (let count = 0; count < 22; count++)
    put(
      clock.at('delegate') + 5 * minute + count * random.int(40, 80) * second,
      { operation: 'MailItemsAccessed', folders: [{ Path: '\\Inbox', FolderItems: random.int(15, 45) }] },
      { MailboxOwnerUPN: director.upn, MailboxGuid: director.objectId, Logon_Type: 'Delegated' },
    );
  put(
    clock.at('audit-off'),
    {
      operation: 'Set-MailboxAuditBypassAssociation',
      objectId: account.upn,
      parameters: { Identity: account.upn, AuditBypassEnabled: 'True' },
    },
    { UserType: 'Admin' },
  );
}
