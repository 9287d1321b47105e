import type { Person } from './people';

export const serviceSid = (index: number): string => `S-1-5-21-2041187693-1187402311-3380925641-${1601 + index}`;
export const adminSid = (person: Person): string =>
  person.sid.replace(/-(\d+)$/, (_, id: string) => `-${Number(id) + 700}`);
