import type { Day } from '../company';
import type { Person } from '../people';
import { createRandom } from '../random';
import { hour } from '../row';
import { auditRow, type DirectoryChange, modified, userTarget } from '../rows/cloud';
import { workingDay } from './working-day';

const harmlessApps = ['Tidewater Expense', 'Meridian Calendar Sync', 'PinePoll', 'Harbourmaster Cloud'];

/** The directory's own housekeeping and the help desk's work. */
export function directoryChanges(today: Day): void {
  const { random, company } = today;
  const admins = company.people.filter((person) => person.adminSam);
  const put = (change: DirectoryChange, at = daytime(today)) => today.emit('AuditLogs', at, auditRow(random, change));
  const scale = today.isWeekend ? 0.3 : 1;

  for (let count = Math.round(random.int(110, 170) * scale); count > 0; count--)
    put(housekeeping(today), today.start + random.next() * 24 * hour);
  for (let count = Math.round(random.int(4, 12) * scale); count > 0; count--) put(helpDesk(today, random.pick(admins)));
  if (!today.isWeekend && random.chance(0.7)) newPhone(today, random.pick(company.people), put);
  if (!today.isWeekend && random.chance(0.25)) consent(today, random.pick(admins), put);
  if (!today.isWeekend) roleActivations(today, admins, put);
}

function daytime(today: Day): number {
  return today.start + today.random.around(12.5, 1.4) * hour;
}

function housekeeping(today: Day): DirectoryChange {
  const { random, company } = today;
  const person = random.pick(company.people);
  const kind = random.int(0, 3);
  if (kind === 0) {
    return {
      activity: 'Update user',
      category: 'UserManagement',
      operationType: 'Update',
      by: { app: 'Azure AD Connect Sync' },
      targets: [userTarget(person, { LastDirSyncTime: new Date(today.start).toISOString() })],
    };
  }
  if (kind === 1) {
    return {
      activity: 'Update StsRefreshTokenValidFrom Timestamp',
      category: 'UserManagement',
      operationType: 'Update',
      by: { app: 'Microsoft Substrate Management' },
      targets: [userTarget(person)],
    };
  }
  const { workstation } = person;
  return {
    activity: 'Update device',
    category: 'Device',
    operationType: 'Update',
    by: { app: 'Device Registration Service' },
    targets: [
      { id: workstation.deviceId.slice(0, 32), displayName: workstation.name, type: 'Device', modifiedProperties: [] },
    ],
  };
}

function helpDesk(today: Day, admin: Person): DirectoryChange {
  const { random, company } = today;
  const person = random.pick(company.people);
  const by = { person: admin, address: admin.office.egress };
  if (random.chance(0.4))
    return {
      activity: 'Reset user password',
      category: 'UserManagement',
      operationType: 'Update',
      by,
      targets: [userTarget(person)],
    };
  return {
    activity: random.chance(0.6) ? 'Add member to group' : 'Remove member from group',
    category: 'GroupManagement',
    operationType: 'Assign',
    by,
    targets: [
      userTarget(person, {
        'Group.DisplayName': random.pick(['All Staff', 'VPN Users', 'Freight Desk', 'Project Lighthouse']),
      }),
    ],
  };
}

/** Administrators take their role for some hours, two of them each day. */
function roleActivations(today: Day, admins: Person[], put: (change: DirectoryChange, at: number) => void): void {
  for (const [turn, admin] of admins.entries()) {
    if ((turn + today.index) % 2 === 1) continue;
    put(
      {
        activity: 'Add member to role completed (PIM activation)',
        category: 'RoleManagement',
        service: 'PIM',
        operationType: 'Assign',
        by: { person: admin, address: admin.office.egress },
        targets: [
          userTarget(admin, { 'Role.DisplayName': turn === 0 ? 'Global Administrator' : 'User Administrator' }),
        ],
        reason: 'Monthly tidying',
      },
      today.start + (9 + turn) * hour,
    );
  }
}

/** A new phone is set up at work. */
function newPhone(today: Day, person: Person, put: (change: DirectoryChange) => void): void {
  const work = workingDay(today, person, createRandom(today.company.seed, `work ${person.sam} ${today.start}`));
  if (work) put(newSecurityInfo(person, work.address));
}

export function newSecurityInfo(person: Person, address: string): DirectoryChange {
  return {
    activity: 'User registered security info',
    category: 'UserManagement',
    service: 'Authentication Methods',
    operationType: 'Update',
    by: { person, address },
    targets: [userTarget(person)],
    reason: 'User registered Authenticator App with Notification and Code',
  };
}

/** An administrator approves an application for everybody, with few permissions. */
function consent(today: Day, admin: Person, put: (change: DirectoryChange, at: number) => void): void {
  const at = daytime(today);
  put(
    consentChange({
      person: admin,
      address: admin.office.egress,
      app: today.random.pick(harmlessApps),
      appId: today.random.guid(),
      scope: 'User.Read openid profile',
      isAdminConsent: true,
    }),
    at,
  );
}

export function consentChange(input: {
  person: Person;
  address: string;
  app: string;
  appId: string;
  scope: string;
  isAdminConsent: boolean;
  correlationId?: string;
}): DirectoryChange {
  return {
    activity: 'Consent to application',
    category: 'ApplicationManagement',
    operationType: 'Assign',
    by: { person: input.person, address: input.address },
    targets: [
      {
        id: input.appId,
        displayName: input.app,
        type: 'ServicePrincipal',
        modifiedProperties: modified({
          'ConsentContext.IsAdminConsent': input.isAdminConsent ? 'True' : 'False',
          'ConsentAction.Permissions': `[] => [[Id: ${input.appId.slice(0, 8)}, ClientId: ${input.appId}, PrincipalId: ${input.isAdminConsent ? '' : input.person.objectId}, ResourceId: 00000003-0000-0000-c000-000000000000, ConsentType: ${input.isAdminConsent ? 'AllPrincipals' : 'Principal'}, Scope: ${input.scope}]]`,
          'TargetId.ServicePrincipalNames': input.appId,
        }),
      },
    ],
    details: { 'User-Agent': 'EvoSTS', AppId: input.appId },
    ...(input.correlationId ? { correlationId: input.correlationId } : {}),
  };
}
