import { type Company, domain, personNamed } from './company';
import { hostNamed } from './hosts';
import { cloudApps } from './noise/sign-ins';
import { hostingPlace } from './offices';
import { createRandom } from './random';
import { type Emit, minute, second } from './row';
import { securityRow } from './rows/security-event';
import { signInRow } from './rows/sign-in';
import { firstTicketData } from './rows/ticket';
import { serviceSid } from './sids';
import { intruder, type StoryClock, victims } from './story';

/** Passwords tried and tickets asked for beside the first spray: over old mail protocols, and inside the domain. */
export function intrusionByGuessing(company: Company, clock: StoryClock, emit: Emit): void {
  oldProtocols(company, clock, emit);
  guessInside(company, clock, emit);
  ticketWithoutProof(company, clock, emit);
}

/** The password is right; a policy keeps the protocols that know no second factor shut. */
function oldProtocols(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'old protocols');
  const person = personNamed(company, victims.mailbox);
  for (const [turn, clientApp] of ['IMAP4', 'Authenticated SMTP', 'POP3', 'IMAP4'].entries()) {
    emit(
      'SigninLogs',
      clock.at('old-protocol') + turn * 70 * second,
      signInRow(random, {
        person,
        address: intruder.sprayAddresses[1],
        place: hostingPlace,
        app: cloudApps.activeSync,
        resultType: '53003',
        device: 'none',
        userAgent: 'BAV2ROPC',
        clientApp,
        riskLevel: 'medium',
      }),
    );
  }
}

/** One password for most accounts of the domain, and some names that do not exist. */
function guessInside(company: Company, clock: StoryClock, emit: Emit): void {
  const random = createRandom(company.seed, 'guess inside');
  const desk = personNamed(company, victims.workstationUser).workstation;
  const controller = hostNamed(company.hosts, victims.domainController);
  const tried = company.people.filter((_, index) => index % 5 < 4).map((person) => person.sam);
  const guessed = ['administrator', 'backup', 'scanner', 'test', 'helpdesk'];
  for (const [index, sam] of [...guessed, ...tried].entries()) {
    const unknown = index < guessed.length;
    emit(
      'SecurityEvent',
      clock.at('guess-inside') + index * 3 * second + random.int(0, 900),
      securityRow(controller, unknown ? 4768 : 4771, {
        TargetAccount: `${domain.netbios}\\${sam}`,
        TargetUserName: sam,
        TargetDomainName: domain.netbios,
        ServiceName: unknown ? 'krbtgt' : `krbtgt/${domain.netbios}`,
        IpAddress: `::ffff:${desk.address}`,
        IpPort: String(random.int(49_200, 65_000)),
        Status: unknown ? '0x6' : '0x18',
      }),
    );
  }
}

/** An old service's account need not prove that it knows its password. */
function ticketWithoutProof(company: Company, clock: StoryClock, emit: Emit): void {
  const desk = personNamed(company, victims.workstationUser).workstation;
  const controller = hostNamed(company.hosts, victims.domainController);
  emit(
    'SecurityEvent',
    clock.at('roast-first-ticket') + minute,
    securityRow(controller, 4768, {
      TargetAccount: `${domain.netbios}\\svc-print`,
      TargetUserName: 'svc-print',
      TargetDomainName: domain.netbios,
      TargetUserSid: serviceSid(4),
      ServiceName: 'krbtgt',
      IpAddress: `::ffff:${desk.address}`,
      Status: '0x0',
      EventData: firstTicketData('0x17', 0),
    }),
  );
}
