import { type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { type CollectionPlan, collectionPlans } from '../collections';
import { uniqueField } from './collection';

type NamedIndex = IndexDescription & { name: string };

/** Builds what is missing; a server takes the same index twice without harm, so two processes may start together. */
export async function buildIndexes(database: Db): Promise<void> {
  for (const [name, plan] of Object.entries(collectionPlans)) await buildMissing(database, name, indexesOf(plan));
  await buildMissing(database, 'resultPages', [named(['run', 'query', 'attempt', 'page'])]);
  await buildMissing(database, 'resultParts', [named(['run']), named(['pageId'])]);
}

async function buildMissing(database: Db, collection: string, indexes: NamedIndex[]): Promise<void> {
  const present = new Set(await indexNames(database, collection));
  const missing = indexes.filter((index) => !present.has(index.name));
  if (missing.length > 0) await database.collection(collection).createIndexes(missing);
}

async function indexNames(database: Db, collection: string): Promise<string[]> {
  try {
    return (await database.collection(collection).indexes()).map(({ name }) => String(name));
  } catch (error) {
    const namespaceNotFound = 26;
    if (error instanceof MongoServerError && error.code === namespaceNotFound) return [];
    throw error;
  }
}

function indexesOf(plan: CollectionPlan): NamedIndex[] {
  return [
    ...plan.indexes.map((fields) => named(fields)),
    ...plan.unique.map((field) => ({ ...named([uniqueField(field)]), unique: true })),
  ];
}

function named(fields: string[]): NamedIndex {
  return { name: fields.join('_'), key: Object.fromEntries(fields.map((field) => [field, 1])) };
}
