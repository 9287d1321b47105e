import type { Host } from './hosts';
import type { Office } from './offices';
import { homeOffice, offices } from './offices';
import { createRandom } from './random';

export interface Person {
  displayName: string;
  /** Sign-in name in the cloud, `first.last@fernhill.example`. */
  upn: string;
  /** Name in the domain, `first.last`. */
  sam: string;
  sid: string;
  objectId: string;
  department: string;
  office: Office;
  /** Their own connection at home. */
  homeAddress: string;
  worksFromHome: boolean;
  /** Set for the IT team: a second account for administration, `adm-…`. */
  adminSam?: string;
  /** Reaches the cloud through a commercial VPN whose exits belong to a hosting provider. */
  usesVpn: boolean;
  workstation: Host;
}

const names =
  'Amelia Hart|Marta Oliveira|Tomasz Wrona|Renate Keller|Idris Bello|Priya Raman|Callum Reid|Beatriz Sousa|Noah Whitman|Łukasz Pawlak|' +
  'Grace Lindqvist|Owen Pritchard|Sara Nunes|Daniel Osei|Hannah Boyd|Miguel Tavares|Elin Berg|Jack Thornton|Zoë Marchetti|Farid Haddad|' +
  'Ruth Abara|Ben Calloway|Ines Carvalho|Peter Novak|Lily Sheridan|Oscar Dahl|Mei Lin Tan|Arjun Mehta|Chloe Barnes|Victor Almeida|' +
  'Joan Fletcher|Samuel Adeyemi|Katya Orlova|Rhys Morgan|Helena Duarte|Marcus Webb|Nadia Karim|Theo Jansen|Emily Stroud|Paulo Ribeiro|' +
  'Wendy Chow|Liam Gallacher|Anna Kowalska|Diego Fuentes|Poppy Lane|Hugo Martins|Fiona Drummond|Kwame Boateng|Isla Murray|Rafael Pinto|' +
  'Greta Vogel|Connor Hale|Leila Aziz|Stefan Ilic|Molly Ashdown|André Teixeira|Tessa Quinn|Ravi Pillai|Clara Winslow|Jonas Eklund';

const departments = ['Finance', 'Logistics', 'Sales', 'Engineering', 'Operations', 'HR', 'Marketing'] as const;

/** The IT team, by index into the names. */
const administrators: ReadonlySet<number> = new Set([3, 4, 9, 17]);
const vpnUsers: ReadonlySet<number> = new Set([12, 33]);

/** Sixty people; `workstations` holds at least as many machines, the first sixty are theirs in order. */
export function createPeople(seed: number, workstations: readonly Host[]): Person[] {
  const random = createRandom(seed, 'people');
  return names.split('|').map((displayName, index) => {
    const workstation = workstations[index];
    if (!workstation) throw new RangeError(`no workstation for ${displayName}`);
    const sam = plainName(displayName);
    const isAdmin = administrators.has(index);
    const fixedDepartment = index === 1 ? 'Finance' : index === 2 ? 'Logistics' : random.pick(departments);
    return {
      displayName,
      sam,
      upn: `${sam}@fernhill.example`,
      sid: `S-1-5-21-2041187693-1187402311-3380925641-${1104 + index}`,
      objectId: random.guid(),
      department: isAdmin ? 'IT' : fixedDepartment,
      office: officeOf(index, random.next()),
      homeAddress: `192.0.2.${64 + index * 3}`,
      worksFromHome: random.chance(0.3),
      usesVpn: vpnUsers.has(index),
      workstation,
      ...(isAdmin ? { adminSam: `adm-${sam.split('.')[0]?.[0]}${sam.split('.')[1]}` } : {}),
    };
  });
}

function plainName(displayName: string): string {
  return displayName
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(/^(\w+) (?:\w+ )?(\w+)$/, '$1.$2');
}

function officeOf(index: number, share: number): Office {
  if (index === 1) return offices.porto;
  if (index === 26) return homeOffice;
  if (index < 10 || share < 0.55) return offices.bristol;
  return share < 0.8 ? offices.porto : offices.boston;
}
