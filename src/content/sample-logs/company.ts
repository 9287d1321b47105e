import { createHosts, type Hosts } from './hosts';
import { createPeople, type Person } from './people';
import { createRandom, type Random } from './random';
import type { Emit } from './row';

/** Fernhill, an invented freight company of sixty people. */
export interface Company {
  seed: number;
  tenantId: string;
  hosts: Hosts;
  people: Person[];
}

export const domain = { netbios: 'FERNHILL', dns: 'fernhill.example' } as const;

/** Accounts that programs use; each works only on its own servers. */
export const serviceAccounts = ['svc-backup', 'svc-sql', 'svc-inventory', 'svc-deploy', 'svc-print'] as const;

/** What one kind of noise gets for one UTC day. */
export interface Day {
  company: Company;
  random: Random;
  /** Midnight UTC, in milliseconds. */
  start: number;
  /** 0 is the first day of the sample. */
  index: number;
  isWeekend: boolean;
  emit: Emit;
}

export function createCompany(seed: number): Company {
  const hosts = createHosts(seed);
  return { seed, tenantId: createRandom(seed, 'tenant').guid(), hosts, people: createPeople(seed, hosts.workstations) };
}

/** The person of that domain name; an unknown one is a mistake in the generator and throws. */
export function personNamed(company: Company, sam: string): Person {
  const found = company.people.find((person) => person.sam === sam);
  if (!found) throw new RangeError(`no person ${sam}`);
  return found;
}
