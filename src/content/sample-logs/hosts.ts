import { createRandom, type Random } from './random';

export interface Host {
  /** Short name in capitals (Linux: small letters). */
  name: string;
  /** As Defender and Sentinel write it: small letters, with the domain. */
  fqdn: string;
  address: string;
  deviceId: string;
  kind: 'workstation' | 'server' | 'domain-controller' | 'linux';
  role: string;
}

export interface Hosts {
  workstations: Host[];
  /** Windows servers, domain controllers left out. */
  servers: Host[];
  domainControllers: Host[];
  linux: Host[];
}

const serverRoles = [
  'FH-FS01 file server',
  'FH-SQL01 database',
  'FH-APP01 application',
  'FH-PRN01 print',
  'FH-BKP01 backup',
  'FH-MGMT01 management',
  'FH-WSUS01 updates',
];
const linuxRoles = ['fh-edge01 ssh gateway', 'fh-web01 web', 'fh-db01 database', 'fh-git01 source code'];

/** Seventy workstations, seven servers, two domain controllers and four Linux boxes. */
export function createHosts(seed: number): Hosts {
  const random = createRandom(seed, 'hosts');
  const workstations = Array.from({ length: 70 }, (_, index) => {
    const network = index % 4 === 3 ? '10.40' : index % 3 === 1 ? '10.30' : '10.20';
    return createHost(
      random,
      `FH-WS-${String(index + 1).padStart(3, '0')}`,
      `${network}.8.${20 + index}`,
      'workstation',
      'workstation',
    );
  });
  return {
    workstations,
    servers: serverRoles.map((text, index) => serverFrom(random, text, `10.20.1.${20 + index * 4}`, 'server')),
    domainControllers: [
      serverFrom(random, 'FH-DC01 domain controller', '10.20.1.10', 'domain-controller'),
      serverFrom(random, 'FH-DC02 domain controller', '10.30.1.10', 'domain-controller'),
    ],
    linux: linuxRoles.map((text, index) => serverFrom(random, text, `10.20.2.${10 + index}`, 'linux')),
  };
}

/** The host of that short name; an unknown name is a mistake in the generator and throws. */
export function hostNamed(hosts: Hosts, name: string): Host {
  const all = [...hosts.workstations, ...hosts.servers, ...hosts.domainControllers, ...hosts.linux];
  const found = all.find((host) => host.name === name);
  if (!found) throw new RangeError(`no host ${name}`);
  return found;
}

function serverFrom(random: Random, text: string, address: string, kind: Host['kind']): Host {
  const [name = text, ...role] = text.split(' ');
  return createHost(random, name, address, kind, role.join(' '));
}

function createHost(random: Random, name: string, address: string, kind: Host['kind'], role: string): Host {
  return { name, fqdn: `${name.toLowerCase()}.fernhill.example`, address, deviceId: random.hex(40), kind, role };
}
