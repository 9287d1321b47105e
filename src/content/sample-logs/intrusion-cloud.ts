import { type Company, personNamed } from './company';
import { consentChange, newSecurityInfo } from './noise/directory-changes';
import { siteOf } from './noise/mail-and-files';
import { cloudApps, edge } from './noise/sign-ins';
import { hostingPlace } from './offices';
import { createRandom, type Random } from './random';
import { type Emit, minute, second } from './row';
import { auditRow, modified, officeRow, userTarget } from './rows/cloud';
import { type SignIn, signInRow } from './rows/sign-in';
import { intruder, type StoryClock, victims } from './story';

const script = 'python-requests/2.31.0';

/** Sign-ins, directory changes and mailbox actions of the intruder. */
export function intrusionInCloud(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'intrusion in the cloud');
  spray(company, clock, emit, random);
  entry(company, clock, emit, random);
  application(company, clock, emit, random);
  mailbox(company, clock, emit, random);
  sharePoint(company, clock, emit, random);
}

function spray(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const victim = personNamed(company, victims.mailbox);
  const tried = company.people.filter((person, index) => person === victim || index % 10 < 7);
  for (let round = 0; round < 2; round++) {
    for (const [index, person] of tried.entries()) {
      const at = clock.at('spray') + round * 5 * 60 * minute + index * 6 * minute + random.int(0, 150) * second;
      const found = person === victim && round === 1;
      emit(
        'SigninLogs',
        at,
        signInRow(random, {
          person,
          address: random.pick(intruder.sprayAddresses),
          place: hostingPlace,
          app: cloudApps.office,
          device: 'none',
          userAgent: script,
          resultType: found ? '50074' : random.chance(0.04) ? '50053' : '50126',
          riskLevel: found ? 'medium' : 'none',
        }),
      );
    }
  }
}

function entry(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const person = personNamed(company, victims.mailbox);
  const base = {
    person,
    address: intruder.entryAddress,
    place: hostingPlace,
    app: cloudApps.outlook,
    device: 'none',
    userAgent: edge,
  } as const;
  const put = (at: number, more: Pick<SignIn, 'resultType'> & Partial<SignIn>) =>
    emit('SigninLogs', at, signInRow(random, { ...base, ...more }));
  for (let push = 0; push < 11; push++)
    put(clock.at('push-fatigue') + push * 165 * second, {
      resultType: '500121',
      mfa: push % 3 === 1 ? 'denied' : 'no answer',
    });
  put(clock.at('entry'), { resultType: '0', mfa: 'approved', riskLevel: 'medium' });
  for (const [minutes, app] of [
    [3, cloudApps.sharePoint],
    [14, cloudApps.office],
    [31, cloudApps.outlook],
    [104, cloudApps.sharePoint],
    [1_118, cloudApps.sharePoint],
  ] as const) {
    put(clock.at('entry') + minutes * minute, { app, resultType: '0', mfa: 'satisfied earlier', riskLevel: 'low' });
  }
}

function application(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const person = personNamed(company, victims.mailbox);
  const by = { person, address: intruder.entryAddress };
  const appId = applicationId(company);
  const correlationId = random.guid();
  const at = clock.at('consent');
  emit('AuditLogs', clock.at('new-mfa'), auditRow(random, newSecurityInfo(person, intruder.entryAddress)));
  emit(
    'AuditLogs',
    at,
    auditRow(random, {
      activity: 'Add service principal',
      category: 'ApplicationManagement',
      operationType: 'Add',
      by,
      correlationId,
      targets: [
        {
          id: appId,
          displayName: intruder.application,
          type: 'ServicePrincipal',
          modifiedProperties: modified({ AccountEnabled: 'true' }),
        },
      ],
    }),
  );
  emit(
    'AuditLogs',
    at + 300,
    auditRow(random, {
      activity: 'Add delegated permission grant',
      category: 'ApplicationManagement',
      operationType: 'Assign',
      by,
      correlationId,
      targets: [
        {
          id: random.guid(),
          displayName: 'Microsoft Graph',
          type: 'ServicePrincipal',
          modifiedProperties: modified({ 'DelegatedPermissionGrant.Scope': 'Mail.ReadWrite Mail.Send offline_access' }),
        },
        userTarget(person),
      ],
    }),
  );
  emit(
    'AuditLogs',
    at + 700,
    auditRow(
      random,
      consentChange({
        ...by,
        app: intruder.application,
        appId,
        scope: 'Mail.ReadWrite Mail.Send MailboxSettings.ReadWrite offline_access',
        isAdminConsent: false,
        correlationId,
      }),
    ),
  );
}

function applicationId(company: Company): string {
  return createRandom(company.seed, 'application').guid();
}

function mailbox(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const person = personNamed(company, victims.mailbox);
  const base = { person, address: intruder.entryAddress, workload: 'Exchange', userAgent: edge } as const;
  emit(
    'OfficeActivity',
    clock.at('mail-rule'),
    officeRow(random, {
      ...base,
      operation: 'New-InboxRule',
      objectId: `${person.upn}\\..`,
      parameters: {
        Name: '..',
        SubjectOrBodyContainsWords: 'invoice;payment;bank details;phish;hacked;Supplier_Terms',
        MoveToFolder: 'RSS Feeds',
        MarkAsRead: 'True',
        StopProcessingRules: 'True',
      },
    }),
  );
  emit(
    'OfficeActivity',
    clock.at('mail-rule') + 130 * second,
    officeRow(random, {
      ...base,
      operation: 'Set-Mailbox',
      objectId: person.upn,
      parameters: {
        Identity: person.upn,
        ForwardingSmtpAddress: 'smtp:m.oliveira.archive@mailbox.example',
        DeliverToMailboxAndForward: 'True',
      },
    }),
  );
  for (let count = 0; count < 64; count++) {
    emit(
      'OfficeActivity',
      clock.at('mail-read') + count * random.int(20, 50) * second,
      officeRow(random, {
        ...base,
        operation: 'MailItemsAccessed',
        appId: applicationId(company),
        userAgent: script,
        client: 'Client=REST;Client=RESTSystem;;',
        folders: [{ Path: '\\Inbox', FolderItems: random.int(20, 90) }],
      }),
    );
  }
}

function sharePoint(company: Company, clock: StoryClock, emit: Emit, random: Random): void {
  const person = personNamed(company, victims.mailbox);
  const reader = personNamed(company, victims.workstationUser);
  const base = { person, address: intruder.entryAddress, workload: 'SharePoint', userAgent: edge } as const;
  const file = { site: siteOf('Finance'), path: 'Shared Documents/Suppliers', name: intruder.document };
  const at = clock.at('inside-phish');
  emit('OfficeActivity', at, officeRow(random, { ...base, operation: 'FileUploaded', file }));
  for (const colleague of company.people
    .filter((other) => other === reader || other.department === 'Logistics')
    .slice(0, 9)) {
    emit(
      'OfficeActivity',
      at + random.int(60, 200) * second,
      officeRow(random, { ...base, operation: 'SharingSet', file, sharedWith: colleague.upn }),
    );
  }
  emit(
    'OfficeActivity',
    at + 4 * minute,
    officeRow(random, {
      ...base,
      workload: 'Exchange',
      operation: 'Send',
      item: { Subject: 'Updated supplier terms - please review today' },
    }),
  );
  emit(
    'OfficeActivity',
    clock.at('document') - 3 * minute,
    officeRow(random, {
      person: reader,
      address: reader.office.egress,
      workload: 'SharePoint',
      operation: 'FileDownloaded',
      userAgent: edge,
      file,
    }),
  );
  for (let count = 0; count < 380; count++) {
    emit(
      'OfficeActivity',
      clock.at('files-in-cloud') + count * 4_300,
      officeRow(random, {
        ...base,
        operation: 'FileDownloaded',
        userAgent: script,
        file: {
          site: siteOf('Finance'),
          path: `Shared Documents/${random.pick(['Payroll', 'Suppliers', 'Board', 'Audit 2026'])}`,
          name: `${random.pick(['Statement', 'Payrun', 'Contract', 'Board-pack', 'Ledger'])}-${String(count).padStart(3, '0')}.${random.pick(['xlsx', 'pdf', 'docx'])}`,
        },
      }),
    );
  }
}
