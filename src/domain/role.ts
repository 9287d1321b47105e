import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

export const Role = z.enum(['reader', 'hunter', 'lead', 'admin']);
export type Role = z.infer<typeof Role>;

export type Permission = 'read' | 'hunt' | 'lead' | 'administer';

const granted: Record<Role, readonly Permission[]> = {
  reader: ['read'],
  hunter: ['read', 'hunt'],
  lead: ['read', 'hunt', 'lead'],
  admin: ['read', 'hunt', 'lead', 'administer'],
};

/** `read` looks, `hunt` changes hunts and runs queries, `lead` also deletes hunts, `administer` also gives roles. */
export function allows(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}

/** A role given to one person; id is `platform:tenant:person`. */
export const RoleGrant = z.object({
  ...documentBase,
  role: Role,
  person: PersonRef,
  grantedBy: PersonRef,
  grantedAt: z.date(),
});
export type RoleGrant = z.infer<typeof RoleGrant>;

/** Where the grant of a person is kept. */
export function roleGrantId(person: Pick<PersonRef, 'platform' | 'tenant' | 'id'>): string {
  return `${person.platform}:${person.tenant}:${person.id}`;
}
