import { essentials } from '../content/available-solutions';
import type { HuntingQueryContent } from '../content/read-hunting-query';
import type { HuntQuery } from '../domain/query';
import { ConflictError } from '../errors';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { queryColumns } from './query-columns';

const system = { platform: 'system' as const, tenant: '', id: 'talbot', name: 'Talbot' };

/** Brings the queries that come with Talbot into the library, new ones and newer wordings; keys once given stay. Resolves to how many changed. */
export async function seedLibrary(
  stores: Pick<Stores, 'queries' | 'next'>,
  clock: Clock,
  contents: HuntingQueryContent[],
): Promise<number> {
  const known = await stores.queries.find({ where: { origin: { is: 'built-in' } }, limit: 10_000 });
  let changed = 0;
  for (const content of contents) {
    const fields = {
      name: content.name,
      description: content.description,
      text: content.query,
      tactics: content.tactics,
      techniques: content.techniques,
      dataTypes: content.dataTypes,
      entityMappings: content.entityMappings,
      solution: essentials,
      author: 'Talbot',
      contentVersion: content.version,
      ...queryColumns({ text: content.query, tactics: content.tactics }),
    };
    const current = known.find((query) => query.contentId === content.id);
    if (!current) {
      const number = await stores.next('query');
      const now = clock.now();
      const id = `Q-${number}`;
      const query = {
        id,
        number,
        origin: 'built-in' as const,
        contentId: content.id,
        ...fields,
        createdBy: system,
        createdAt: now,
        updatedAt: now,
      };
      if (await unlessConflict(() => stores.queries.insert(query))) changed += 1;
      continue;
    }
    if (JSON.stringify(pick(current)) === JSON.stringify(fields)) continue;
    if (await unlessConflict(() => stores.queries.update({ ...current, ...fields, updatedAt: clock.now() })))
      changed += 1;
  }
  return changed;
}

/** Another process that starts at the same moment writes the same. */
async function unlessConflict(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

type Seeded = Pick<
  HuntQuery,
  | 'name'
  | 'description'
  | 'text'
  | 'tactics'
  | 'techniques'
  | 'dataTypes'
  | 'entityMappings'
  | 'solution'
  | 'author'
  | 'contentVersion'
  | 'textHash'
  | 'tacticPlace'
>;

function pick(query: Seeded): Seeded {
  const { name, description, text, tactics, techniques, dataTypes, entityMappings } = query;
  const { solution, author, contentVersion, textHash: hash, tacticPlace } = query;
  return {
    name,
    description,
    text,
    tactics,
    techniques,
    dataTypes,
    entityMappings,
    solution,
    author,
    contentVersion,
    textHash: hash,
    ...(tacticPlace === undefined ? {} : { tacticPlace }),
  };
}
