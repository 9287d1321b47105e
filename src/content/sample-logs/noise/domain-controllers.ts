import { type Day, domain, serviceAccounts } from '../company';
import type { Host } from '../hosts';
import type { Person } from '../people';
import { hour } from '../row';
import { replicationRow } from '../rows/replication';
import { logonRow, securityRow, subject } from '../rows/security-event';
import { firstTicketData, serviceTicketRow } from '../rows/ticket';
import { adminSid, serviceSid } from '../sids';

/** The account with which Azure AD Connect reads the directory. */
const cloudSync = { sam: 'MSOL_7c41d09e2b5f', sid: 'S-1-5-21-2041187693-1187402311-3380925641-1650' };

/** Kerberos tickets, NTLM checks, replication and the help desk, as the two domain controllers see them. */
export function domainControllers(today: Day): void {
  const { random, company } = today;
  for (const host of company.hosts.domainControllers) {
    machineTickets(today, host, today.isWeekend ? 250 : 420);
    if (!today.isWeekend) peopleTickets(today, host);
    replication(today, host);
  }
  const [controller] = company.hosts.domainControllers;
  if (!controller || today.isWeekend) return;
  if (random.chance(0.08)) newColleague(today, controller);
  if (random.chance(0.5)) passwordReset(today, controller);
}

/** The controllers copy the directory from each other, and the cloud's synchronisation reads the password hashes. */
function replication(today: Day, host: Host): void {
  for (const other of today.company.hosts.domainControllers.filter((candidate) => candidate !== host)) {
    const partner = { sam: `${other.name}$`, sid: 'S-1-5-21-2041187693-1187402311-3380925641-1002' };
    for (let round = 0; round < 4; round++)
      today.emit('SecurityEvent', today.start + (round * 6 + 1) * hour, replicationRow(host, partner, '0x4c1f02'));
  }
  if (host.name !== 'FH-DC01') return;
  for (let round = 0; round < 12; round++)
    today.emit('SecurityEvent', today.start + round * 2 * hour + 11_000, replicationRow(host, cloudSync, '0x51aa7e'));
}

function machineTickets(today: Day, host: Host, count: number): void {
  const { random, emit, company } = today;
  for (let left = count; left > 0; left--) {
    const from = random.pick(company.hosts.workstations);
    const at = today.start + random.next() * 24 * hour;
    const isTicket = random.chance(0.6);
    if (isTicket) {
      emit(
        'SecurityEvent',
        at,
        serviceTicketRow(host, {
          sam: `${from.name}$`,
          from,
          service: random.pick(['krbtgt', 'FH-FS01$', 'FH-DC01$', 'FH-PRN01$']),
          encryption: '0x12',
        }),
      );
    } else {
      emit(
        'SecurityEvent',
        at,
        logonRow(host, {
          sam: `${from.name}$`,
          sid: 'S-1-5-21-2041187693-1187402311-3380925641-2001',
          type: 3,
          logonId: `0x${random.hex(6)}`,
          fromAddress: from.address,
          package: 'Kerberos',
        }),
      );
    }
  }
}

function peopleTickets(today: Day, host: Host): void {
  const { random, emit, company } = today;
  for (const person of company.people) {
    oldPrintService(today, host, person);
    for (let count = random.int(1, 3); count > 0; count--) {
      const at = today.start + random.around(12.5 - person.office.utcOffset, 2) * hour;
      const failed = random.chance(0.03);
      emit(
        'SecurityEvent',
        at,
        securityRow(host, 4768, {
          TargetAccount: `${domain.netbios}\\${person.sam}`,
          TargetUserName: person.sam,
          TargetDomainName: domain.netbios,
          TargetUserSid: person.sid,
          ServiceName: 'krbtgt',
          IpAddress: `::ffff:${person.workstation.address}`,
          Status: failed ? '0x18' : '0x0',
          EventData: firstTicketData('0x12', 2),
        }),
      );
      if (failed)
        emit(
          'SecurityEvent',
          at + 20,
          securityRow(host, 4776, {
            TargetAccount: person.sam,
            TargetUserName: person.sam,
            WorkstationName: person.workstation.name,
            Status: '0xc000006a',
          }),
        );
      if (random.chance(0.02))
        emit(
          'SecurityEvent',
          at + 90,
          logonRow(host, {
            sam: person.sam,
            sid: person.sid,
            type: 3,
            logonId: '',
            fromAddress: person.workstation.address,
            fromHost: person.workstation.name,
            package: 'NTLM',
            failed: 'wrong password',
          }),
        );
    }
  }
  for (const [index, sam] of serviceAccounts.entries()) {
    emit(
      'SecurityEvent',
      today.start + index * 1_000 + 2 * hour,
      securityRow(host, 4768, {
        TargetAccount: `${domain.netbios}\\${sam}`,
        TargetUserName: sam,
        TargetDomainName: domain.netbios,
        TargetUserSid: serviceSid(index),
        ServiceName: 'krbtgt',
        IpAddress: '::ffff:10.20.1.36',
        Status: '0x0',
        EventData: firstTicketData('0x12', 2),
      }),
    );
  }
}

/** The print service is so old that its tickets are encrypted with RC4: weak, but nobody's attack. */
function oldPrintService(today: Day, host: Host, person: Person): void {
  const { random, emit } = today;
  if (!random.chance(0.06)) return;
  const at = today.start + random.around(12.5 - person.office.utcOffset, 2) * hour;
  const ticket = { sam: person.sam, from: person.workstation, service: 'svc-print', encryption: '0x17' } as const;
  emit('SecurityEvent', at, serviceTicketRow(host, ticket));
}

function newColleague(today: Day, host: Host): void {
  const { random, emit, company } = today;
  const admin = random.pick(company.people.filter((person) => person.adminSam));
  const account = subject({ sam: admin.adminSam ?? '', sid: adminSid(admin) }, `0x${random.hex(6)}`);
  const sam = `${random.pick(['alex', 'kim', 'robin', 'toni'])}.${random.pick(['frost', 'hale', 'costa', 'lund'])}`;
  const sid = `S-1-5-21-2041187693-1187402311-3380925641-${random.int(2_300, 2_900)}`;
  const at = today.start + random.around(11, 0.8) * hour;
  emit(
    'SecurityEvent',
    at,
    securityRow(host, 4720, {
      ...account,
      TargetAccount: `${domain.netbios}\\${sam}`,
      TargetUserName: sam,
      TargetDomainName: domain.netbios,
      TargetUserSid: sid,
      SamAccountName: sam,
    }),
  );
  emit(
    'SecurityEvent',
    at + 40_000,
    securityRow(host, 4728, {
      ...account,
      TargetAccount: `${domain.netbios}\\Freight Desk`,
      TargetUserName: 'Freight Desk',
      TargetDomainName: domain.netbios,
      MemberName: `CN=${sam},OU=Staff,DC=fernhill,DC=example`,
      MemberSid: sid,
    }),
  );
}

function passwordReset(today: Day, host: Host): void {
  const { random, emit, company } = today;
  const admin = random.pick(company.people.filter((person) => person.adminSam));
  const person = random.pick(company.people);
  emit(
    'SecurityEvent',
    today.start + random.around(12, 1) * hour,
    securityRow(host, 4724, {
      ...subject({ sam: admin.adminSam ?? '', sid: adminSid(admin) }, `0x${random.hex(6)}`),
      TargetAccount: `${domain.netbios}\\${person.sam}`,
      TargetUserName: person.sam,
      TargetDomainName: domain.netbios,
      TargetUserSid: person.sid,
    }),
  );
}
