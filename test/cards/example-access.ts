import type { AuditEntry } from '../../src/domain/audit-entry';
import type { RoleGrant } from '../../src/domain/role';
import { ada, daysAgo, lee, mallory, minutesAgo } from './example-people';

export const roleGrants: RoleGrant[] = [ada, mallory].map((person, index) => ({
  id: `${person.platform}:${person.tenant}:${person.id}`,
  version: 1,
  person,
  role: index === 0 ? 'hunter' : 'lead',
  grantedBy: lee,
  grantedAt: daysAgo(index + 1),
}));

export const auditLines: AuditEntry[] = [
  { actor: ada, command: 'run', outcome: 'done' as const },
  { actor: mallory, command: 'delete', outcome: 'refused' as const, code: 'not-allowed' },
  { actor: lee, command: 'bookmark create', outcome: 'failed' as const, code: 'internal', reference: '8f0c2d1a' },
].map((given, index) => ({
  id: String(index + 1),
  version: 1,
  at: minutesAgo(index * 7),
  hunt: 'H-4',
  thread: 'slack|T0HUNT|C1|',
  ...given,
}));
