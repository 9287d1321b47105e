import { domain } from '../company';
import type { Host } from '../hosts';
import type { Row } from '../row';
import { securityRow } from './security-event';

/** AES-256, or RC4 as only old services need it. */
type Encryption = '0x12' | '0x17';

export function ticketData(encryption: Encryption): string {
  return `<EventData><Data Name="TicketOptions">0x40810000</Data><Data Name="TicketEncryptionType">${encryption}</Data></EventData>`;
}

/** Of event 4768. Type 2 is a proof with the password, 0 none: what comes back can be guessed from offline. */
export function firstTicketData(encryption: Encryption, preAuthType: 0 | 2): string {
  return ticketData(encryption).replace('</EventData>', `<Data Name="PreAuthType">${preAuthType}</Data></EventData>`);
}

/** Event 4769: a person asks a domain controller for a ticket to a service. */
export function serviceTicketRow(
  controller: Host,
  ticket: { sam: string; from: Host; service: string; encryption: Encryption },
): Row {
  const account = `${ticket.sam}@${domain.dns.toUpperCase()}`;
  return securityRow(controller, 4769, {
    TargetAccount: account,
    TargetUserName: account,
    TargetDomainName: domain.dns.toUpperCase(),
    ServiceName: ticket.service,
    IpAddress: `::ffff:${ticket.from.address}`,
    Status: '0x0',
    EventData: ticketData(ticket.encryption),
  });
}
