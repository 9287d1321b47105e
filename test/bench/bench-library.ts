import type { Stores } from '../../src/ports/stores';
import { createMongoStores } from '../../src/store/mongo/stores';
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
  'new Password spray against the mail gateway ROUND --techniques T1110',
];

/** How long each command takes with 5,000 queries and 2,000 hunts, on both stores; ends with 1 where one takes half a second or more. Words after the name choose a store. */
async function bench(stores: string[]): Promise<void> {
  const slow: string[] = [];
  if (stores.includes('embedded')) slow.push(...(await measure('embedded', undefined)));
  if (stores.includes('mongodb')) slow.push(...(await measureMongo()));
  process.stdout.write(slow.length === 0 ? '\nall within half a second\n' : `\ntoo slow: ${slow.join('; ')}\n`);
  if (slow.length > 0) process.exitCode = 1;
}

async function measureMongo(): Promise<string[]> {
  const { servers, stop } = await startServers();
  try {
    if (!servers.mongodb) {
      process.stdout.write('no MongoDB was found: left out\n');
      return [];
    }
    process.stdout.write(`${servers.mongodb.what}\n`);
    const stores = await createMongoStores({ url: servers.mongodb.url, database: 'talbot_bench' });
    return await measure('MongoDB', stores);
  } finally {
    await stop();
  }
}

async function measure(store: string, stores: Stores | undefined): Promise<string[]> {
  const core = await createCore(stores ? { stores } : {});
  try {
    const began = performance.now();
    await seedQueries(core.stores, queries);
    await seedHunts(core.stores, hunts);
    process.stdout.write(`${store}: seeded in ${Math.round((performance.now() - began) / 1000)} s\n`);
    const slow: string[] = [];
    for (const command of commands) {
      const p95 = await timeOf(core, command);
      process.stdout.write(`${store.padEnd(10)} ${command.padEnd(66)} ${p95.toFixed(0).padStart(5)} ms\n`);
      if (p95 >= bound) slow.push(`${store}: ${command}`);
    }
    return slow;
  } finally {
    await core.close();
  }
}

async function timeOf(core: Core, command: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const reply = await core.say(command.replace('ROUND', String(round)));
    times.push(performance.now() - began);
    if (reply.kind === 'card' && reply.card.tone === 'danger') throw new Error(`${command}: ${reply.card.title}`);
  }
  times.sort((a, b) => a - b);
  return times[Math.ceil(rounds * 0.95) - 1] ?? 0;
}

const wanted = process.argv.slice(2);
void bench(wanted.length > 0 ? wanted : ['embedded', 'mongodb']);
