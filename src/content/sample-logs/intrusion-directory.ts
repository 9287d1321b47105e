import { type Company, domain, personNamed } from './company';
import { cloudApps, edge } from './noise/sign-ins';
import { hostingPlace } from './offices';
import type { Person } from './people';
import { createRandom, type Random } from './random';
import { type Emit, minute, second } from './row';
import { auditRow, type DirectoryChange, modified, userTarget } from './rows/cloud';
import { type SignIn, signInRow } from './rows/sign-in';
import { intruder, type StoryClock, victims } from './story';

/** The account of the intruder's own, as the cloud knows it once it was synchronised. */
export function newCloudAccount(company: Company): Person {
  return {
    ...personNamed(company, victims.administrator),
    displayName: intruder.newAccount,
    sam: intruder.newAccount,
    upn: `${intruder.newAccount}@${domain.dns}`,
    objectId: createRandom(company.seed, 'new cloud account').guid(),
  };
}

/** What an administrator's session, left open on the management server, is used for in the directory. */
export function intrusionInDirectory(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'intrusion in the directory');
  const admin = personNamed(company, victims.administrator);
  const account = newCloudAccount(company);
  const by = { person: admin, address: admin.office.egress };
  const put = (at: number, change: DirectoryChange) => emit('AuditLogs', at, auditRow(random, change));

  put(clock.at('new-account') + 28 * minute, {
    activity: 'Add user',
    category: 'UserManagement',
    operationType: 'Add',
    by: { app: 'Azure AD Connect Sync' },
    targets: [userTarget(account, { AccountEnabled: 'true', UserPrincipalName: account.upn })],
  });
  emit('SigninLogs', clock.at('cloud-role') - 4 * minute, signInRow(random, sessionOf(admin)));
  put(clock.at('cloud-role'), {
    activity: 'Add member to role',
    category: 'RoleManagement',
    operationType: 'Assign',
    by,
    targets: [
      userTarget(account, {
        'Role.DisplayName': 'Global Administrator',
        'Role.TemplateId': '62e90394-69f5-4237-9190-012177145e10',
      }),
    ],
  });
  put(clock.at('policy'), policyChange(random, by, account));
  put(clock.at('app-secret'), {
    activity: 'Add service principal credentials',
    category: 'ApplicationManagement',
    operationType: 'Update',
    by,
    targets: [
      {
        id: cloudApps.harbourmaster.id,
        displayName: cloudApps.harbourmaster.name,
        type: 'ServicePrincipal',
        modifiedProperties: modified({
          KeyDescription: `[KeyIdentifier=${random.guid()},KeyType=Password,KeyUsage=Verify,DisplayName=sync]`,
        }),
      },
    ],
  });
  for (const [turn, app] of [cloudApps.portal, cloudApps.outlook].entries())
    emit('SigninLogs', clock.at('portal') + turn * 95 * second, signInRow(random, fromOutside(account, app)));
}

function sessionOf(person: Person): SignIn {
  return {
    person,
    address: person.office.egress,
    place: person.office,
    app: cloudApps.portal,
    resultType: '0',
    device: 'none',
    userAgent: edge,
    mfa: 'satisfied earlier',
  };
}

function fromOutside(person: Person, app: SignIn['app']): SignIn {
  return {
    person,
    address: intruder.portalAddress,
    place: hostingPlace,
    app,
    resultType: '0',
    device: 'none',
    userAgent: edge,
    riskLevel: 'low',
  };
}

/** Old and new stand as JSON in a string; the difference is one excluded user. */
function policyChange(random: Random, by: { person: Person; address: string }, excluded: Person): DirectoryChange {
  const policy = (excludeUsers: string[]) =>
    JSON.stringify({
      displayName: 'Second factor for everybody',
      state: 'enabled',
      conditions: { users: { includeUsers: ['All'], excludeUsers }, applications: { includeApplications: ['All'] } },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    });
  return {
    activity: 'Update conditional access policy',
    category: 'Policy',
    service: 'Conditional Access',
    operationType: 'Update',
    by,
    targets: [
      {
        id: random.guid(),
        displayName: 'Second factor for everybody',
        type: 'Policy',
        modifiedProperties: [
          { displayName: 'ConditionalAccessPolicy', oldValue: policy([]), newValue: policy([excluded.objectId]) },
        ],
      },
    ],
  };
}
