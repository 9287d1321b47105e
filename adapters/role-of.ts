import type { PersonRef } from '../src/domain/ids';
import { type Role, roleGrantId } from '../src/domain/role';
import type { Stores } from '../src/ports/stores';

/** Administrators by setting first, then what was granted, then the default. */
export function createRoleOf(options: { stores: Pick<Stores, 'roles'>; admins: readonly string[]; defaultRole: Role }) {
  const admins = new Set(options.admins);
  return async function roleOf(person: PersonRef): Promise<Role> {
    if (admins.has(`${person.platform}:${person.id}`) || admins.has(`${person.platform}:${person.tenant}:${person.id}`))
      return 'admin';
    const granted = await options.stores.roles.get(roleGrantId(person));
    return granted?.role ?? options.defaultRole;
  };
}
