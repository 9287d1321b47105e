import type { Stores } from '../../src/ports/stores';
import { createMongoStores } from '../../src/store/mongo/stores';
import { shortened } from '../../src/views/wording';
import { startServers } from '../servers';
import { type Core, createCore } from '../support/core';
import { seedHunts, seedQueries } from './seed-library';

const queries = 5000;
const hunts = 2000;
const rounds = 15;
const bound = 500;

const commands = [
  'queries',
  'queries --page 200',
  'queries powershell encoded',
  'queries nothing-has-this-word',
  'queries --tactic CredentialAccess',
  'queries --technique T1110',
  'queries --table signinlogs',
  'queries --solution pack-7',
  'queries --source content --sort delta',
  'queries --author corp',
  'queries --favourites',
  'queries --mine',
  'queries --results --sort results',
  'queries H-1 spray',
  'query show Q-4000',
  'query history Q-4000',
  'query favourite Q-4000',
  'query edit Q-4000 --name "Another name ROUND"',
  'query clone Q-4000',
  'add H-1 Q-10 Q-20 Q-30',
  'add H-1 --technique T1003.001',
  'list spray',
  'show H-1',
  'template able --actor "an outsider" --behaviour "guesses passwords of many accounts" --location "the VPN" --evidence "failed sign-ins"',
  'template gap --behaviour "processes read memory of lsass" --techniques T1003',
  'queries --sort tactic',
  'new Password spray against the mail gateway ROUND --techniques T1110',
];

/**
 * How long each command takes with 5,000 queries and 2,000 hunts, on both stores; ends with 1 where one takes half a second or more.
 * Words after the name choose a store, and commands by their beginning.
 */
async function bench(words: string[]): Promise<void> {
  const isStore = (word: string) => word === 'embedded' || word === 'mongodb';
  const stores = words.some(isStore) ? words.filter(isStore) : ['embedded', 'mongodb'];
  const beginnings = words.filter((word) => !isStore(word));
  const chosen = commands.filter((one) => beginnings.length === 0 || beginnings.some((word) => one.startsWith(word)));
  const slow: string[] = [];
  if (stores.includes('embedded')) slow.push(...(await measure('embedded', undefined, chosen)));
  if (stores.includes('mongodb')) slow.push(...(await measureMongo(chosen)));
  process.stdout.write(slow.length === 0 ? '\nall within half a second\n' : `\ntoo slow: ${slow.join('; ')}\n`);
  if (slow.length > 0) process.exitCode = 1;
}

async function measureMongo(chosen: string[]): Promise<string[]> {
  const { servers, stop } = await startServers();
  try {
    if (!servers.mongodb) {
      process.stdout.write('no MongoDB was found: left out\n');
      return [];
    }
    process.stdout.write(`${servers.mongodb.what}\n`);
    const stores = await createMongoStores({ url: servers.mongodb.url, database: 'talbot_bench' });
    return await measure('MongoDB', stores, chosen);
  } finally {
    await stop();
  }
}

async function measure(store: string, stores: Stores | undefined, chosen: string[]): Promise<string[]> {
  const core = await createCore(stores ? { stores } : {});
  try {
    const began = performance.now();
    await seedQueries(core.stores, queries);
    // A stand-in for MongoDB takes minutes for all of them.
    await seedHunts(core.stores, chosen.some((command) => /^(?:list|new|show) /.test(command)) ? hunts : 1);
    process.stdout.write(`${store}: seeded in ${Math.round((performance.now() - began) / 1000)} s\n`);
    // The first command of a process loads what the others find loaded.
    await core.say('queries');
    const slow: string[] = [];
    for (const command of chosen) {
      const { p95, worked } = await timeOf(core, command);
      const figures = `${p95.toFixed(0).padStart(5)} ms, ${worked.toFixed(0).padStart(5)} ms of work`;
      process.stdout.write(`${store.padEnd(10)} ${shortened(command, 66).padEnd(66)} ${figures}\n`);
      if (p95 >= bound) slow.push(`${store}: ${command}`);
    }
    return slow;
  } finally {
    await core.close();
  }
}

/** What 95 of 100 took at most, and the median of what this process itself worked, which other programs on the machine do not change. */
async function timeOf(core: Core, command: string): Promise<{ p95: number; worked: number }> {
  const times: number[] = [];
  const works: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const before = process.cpuUsage();
    const reply = await core.say(command.replace('ROUND', String(round)));
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    works.push((user + system) / 1000);
    if (reply.kind === 'card' && reply.card.tone === 'danger') throw new Error(`${command}: ${reply.card.title}`);
  }
  times.sort((a, b) => a - b);
  works.sort((a, b) => a - b);
  return { p95: times[Math.ceil(rounds * 0.95) - 1] ?? 0, worked: works[Math.floor(rounds / 2)] ?? 0 };
}

void bench(process.argv.slice(2));
