import type { Day } from '../company';
import { hostingPlace } from '../offices';
import type { Person } from '../people';
import type { Random } from '../random';
import { createRandom } from '../random';
import { hour, minute, second } from '../row';
import { type CloudApp, type SignIn, signInRow } from '../rows/sign-in';
import { instantIn, type WorkingDay, workingDay } from './working-day';

const graph = 'Microsoft Graph';
export const cloudApps = {
  outlook: {
    name: 'One Outlook Web',
    id: '9199bf20-a13f-4107-85dc-02114787ef48',
    resource: 'Office 365 Exchange Online',
  },
  teams: { name: 'Microsoft Teams', id: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', resource: 'Microsoft Teams Services' },
  sharePoint: {
    name: 'Office 365 SharePoint Online',
    id: '00000003-0000-0ff1-ce00-000000000000',
    resource: 'Office 365 SharePoint Online',
  },
  office: { name: 'OfficeHome', id: '4765445b-32c6-49b0-83e6-1d93765276ca', resource: 'OfficeHome' },
  portal: {
    name: 'Azure Portal',
    id: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    resource: 'Windows Azure Service Management API',
  },
  harbourmaster: { name: 'Harbourmaster Cloud', id: '5d0c1a52-9f0e-4c7b-8a41-64b7c0a1e9d3', resource: graph },
  activeSync: {
    name: 'Office 365 Exchange Online',
    id: '00000002-0000-0ff1-ce00-000000000000',
    resource: 'Office 365 Exchange Online',
  },
} satisfies Record<string, CloudApp>;

const everyday: CloudApp[] = [
  cloudApps.outlook,
  cloudApps.teams,
  cloudApps.teams,
  cloudApps.sharePoint,
  cloudApps.office,
  cloudApps.harbourmaster,
];

export const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0';
const phone = 'Outlook-iOS/2.0';

/** Sign-ins of a day: people at work, typing errors, phones, travellers, a VPN, and the internet's background knocking. */
export function signIns(today: Day): void {
  for (const person of today.company.people) {
    const work = workingDay(today, person, createRandom(today.company.seed, `work ${person.sam} ${today.start}`));
    if (work) workSignIns(today, person, work);
    phoneSignIns(today, person, work);
  }
  backgroundKnocking(today);
}

function workSignIns(today: Day, person: Person, work: WorkingDay): void {
  const { random, emit } = today;
  const base = { person, address: work.address, place: work.place, device: 'own', userAgent: edge } as const;
  const put = (at: number, more: Pick<SignIn, 'app' | 'resultType'> & Partial<SignIn>) =>
    emit('SigninLogs', at, signInRow(random, { ...base, ...more }));
  const begin = work.start + random.int(0, 9) * minute;
  const mistakes = random.chance(0.07) ? random.int(1, 3) : 0;
  for (let count = 0; count < mistakes; count++)
    put(begin - (mistakes - count) * random.int(9, 30) * second, { app: cloudApps.office, resultType: '50126' });
  if (random.chance(0.03)) put(begin - 3 * minute, { app: cloudApps.office, resultType: '50055' });
  const asksAgain = random.chance(0.18) || work.where === 'travel';
  if (asksAgain && random.chance(0.12))
    put(begin + 5 * second, {
      app: cloudApps.office,
      resultType: '500121',
      mfa: random.chance(0.3) ? 'denied' : 'no answer',
    });
  put(begin + 40 * second, {
    app: cloudApps.office,
    resultType: '0',
    mfa: asksAgain ? 'approved' : 'satisfied earlier',
  });
  for (let count = random.int(13, 25); count > 0; count--) {
    put(instantIn(random, work), { app: random.pick(everyday), resultType: '0', mfa: 'satisfied earlier' });
  }
  if (person.adminSam && random.chance(0.6))
    put(instantIn(random, work), { app: cloudApps.portal, resultType: '0', mfa: 'approved' });
  if (person.usesVpn && random.chance(0.5)) {
    const exit = { address: `203.0.113.${20 + random.int(0, 3)}`, place: hostingPlace, device: 'own' } as const;
    for (let count = random.int(1, 3); count > 0; count--)
      put(work.end + random.int(5, 200) * minute, {
        ...exit,
        app: random.pick(everyday),
        resultType: '0',
        mfa: 'satisfied earlier',
        riskLevel: 'low',
      });
  }
}

function phoneSignIns(today: Day, person: Person, work: WorkingDay | null): void {
  const { random, emit } = today;
  const place = work?.where === 'travel' ? work.place : { ...person.office, autonomousSystem: '64500' };
  const address = work?.where === 'travel' ? work.address : mobileAddress(person);
  for (let count = random.int(0, today.isWeekend ? 2 : 4); count > 0; count--) {
    const at = today.start + random.around(14, 4) * hour - person.office.utcOffset * hour;
    emit(
      'SigninLogs',
      at,
      signInRow(random, {
        person,
        address,
        place,
        app: random.pick([cloudApps.activeSync, cloudApps.teams]),
        resultType: '0',
        device: 'phone',
        userAgent: phone,
        clientApp: 'Mobile Apps and Desktop clients',
        mfa: 'satisfied earlier',
      }),
    );
  }
}

function mobileAddress(person: Person): string {
  return `198.51.100.${10 + (Number(person.sid.slice(-4)) % 80)}`;
}

/** Strangers try a leaked address or two each day, from ever other hosts: too few to be a spray. */
function backgroundKnocking(today: Day): void {
  const { random, emit, company } = today;
  for (let count = random.int(2, 7); count > 0; count--) {
    emit(
      'SigninLogs',
      today.start + random.next() * 24 * hour,
      signInRow(random, {
        person: knockedOn(random, company.people),
        address: `203.0.113.${random.int(100, 130)}`,
        place: hostingPlace,
        app: cloudApps.activeSync,
        resultType: random.chance(0.85) ? '50126' : '50053',
        device: 'none',
        userAgent: 'BAV2ROPC',
        clientApp: 'Authenticated SMTP',
        riskLevel: 'low',
      }),
    );
  }
}

/** Only some addresses of the company have leaked. */
function knockedOn(random: Random, people: Person[]): Person {
  return random.pick(people.slice(20, 28));
}
