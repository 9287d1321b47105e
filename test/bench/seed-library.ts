import { builtInQueries } from '../../src/content/built-in';
import { personKey } from '../../src/domain/ids';
import type { Stores } from '../../src/ports/stores';
import { ada } from '../support/core';

const at = new Date('2026-11-01T00:00:00Z');
const atOnce = 50;

/** Queries with the words, lengths and ATT&CK of the built-in ones, from forty solutions and by a dozen authors. */
export async function seedQueries(stores: Stores, count: number): Promise<void> {
  const models = builtInQueries();
  await inParts(count, async (number) => {
    const model = models[number % models.length];
    if (!model) throw new Error('there are no built-in queries');
    await stores.queries.insert({
      id: `Q-${number}`,
      number,
      origin: number % 10 === 0 ? 'custom' : 'content',
      solution: `pack-${number % 40}`,
      author: `Author ${number % 12} of Corp`,
      name: `${model.name} ${number}`,
      description: model.description,
      text: `${model.query}\n// ${'made longer, as published ones are '.repeat(10)}`,
      tactics: model.tactics,
      techniques: model.techniques,
      dataTypes: model.dataTypes,
      entityMappings: model.entityMappings,
      ...(number % 50 === 0 ? { favourites: [personKey(ada)], createdByKey: personKey(ada) } : {}),
      ...(number % 3 === 0
        ? { resultState: 'counted' as const, resultCount: number % 17, resultDelta: number % 5 }
        : {}),
      createdBy: ada,
      createdAt: at,
      updatedAt: at,
    });
  });
  // The counter of keys goes on behind the last one.
  for (let next = await stores.next('query'); next < count; ) next = await stores.next('query');
}

const subjects = ['Spray against', 'Odd sign-ins at', 'Ransom notes on', 'A beacon from', 'Dumped secrets of'];
const places = ['the mail gateway', 'the finance servers', 'laptops abroad', 'the domain controllers', 'the web shop'];

/** Hunts with a few words, techniques, a verdict, and an address each. */
export async function seedHunts(stores: Stores, count: number): Promise<void> {
  const models = builtInQueries();
  await inParts(count, async (number) => {
    await stores.hunts.insert({
      id: `H-${number}`,
      number,
      name: `${subjects[number % 5]} ${places[Math.floor(number / 5) % 5]} ${number}`,
      description: `Seen from 198.51.100.${number % 250} in the ${number % 53}th week; who else talks to it?`,
      status: number % 4 === 0 ? 'Active' : 'Closed',
      hypothesis: number % 3 === 0 ? 'Validated' : 'Invalidated',
      tactics: models[number % models.length]?.tactics ?? [],
      techniques: models[number % models.length]?.techniques ?? [],
      labels: [],
      createdBy: ada,
      createdAt: at,
      updatedAt: at,
      threads: [],
      threadKeys: [],
      cards: [],
    });
    for (let entity = 0; entity < 3; entity++) {
      const value = `10.${number % 200}.${entity}.${number % 250}`;
      await stores.entities.insert({
        id: `E-${number * 3 + entity}`,
        number: number * 3 + entity,
        type: 'IP',
        name: value,
        identifiers: [{ identifier: 'Address', value }],
        keys: [],
        key: `IP|${value}|${number}`,
        hunts: [`H-${number}`],
        bookmarks: ['B-1'],
        createdAt: at,
        updatedAt: at,
      });
    }
  });
  for (let next = await stores.next('hunt'); next < count; ) next = await stores.next('hunt');
}

async function inParts(count: number, one: (number: number) => Promise<void>): Promise<void> {
  for (let first = 1; first <= count; first += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, count - first + 1) }, (_, index) => one(first + index)));
}
