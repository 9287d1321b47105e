import { type Db, MongoClient } from 'mongodb';
import type { Stores } from '../../ports/stores';
import { collectionPlans, storeVersion } from '../collections';
import { encodeText } from '../encoding';
import { createResultPages } from '../result-pages';
import { createMongoCollection, isDuplicate } from './collection';
import type { MongoDocument } from './filter';
import { buildIndexes } from './indexes';
import { createMongoPages, type PageDocument, type PartDocument } from './result-pages';

interface Counter {
  _id: string;
  value: number;
}

/**
 * Documents in MongoDB, in the database that the URL names unless `database` does (`talbot` where neither does). Rejects where
 * no server answers within 30 seconds, the driver's own patience; later interruptions are the driver's to bridge.
 */
export async function createMongoStores(options: { url: string; database?: string }): Promise<Stores> {
  const client = new MongoClient(options.url, { appName: 'talbot', ignoreUndefined: true });
  try {
    await client.connect();
    const named = new URL(options.url).pathname.length > 1;
    const database = client.db(options.database ?? (named ? undefined : 'talbot'));
    await refuseNewerData(database);
    await buildIndexes(database);
    return storesOf(client, database);
  } catch (error) {
    await client.close();
    throw error;
  }
}

function storesOf(client: MongoClient, database: Db): Stores {
  const at = (name: string) => database.collection<MongoDocument>(name);
  const counters = database.collection<Counter>('counters');

  async function next(counter: string): Promise<number> {
    const _id = encodeText(counter);
    const counted = await countUp(_id);
    if (counted) return counted.value;
    try {
      await counters.insertOne({ _id, value: 0 });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const first = await countUp(_id);
    if (!first) throw new Error(`counter ${counter} gave no number`);
    return first.value;
  }

  function countUp(_id: string) {
    return counters.findOneAndUpdate({ _id }, { $inc: { value: 1 } }, { returnDocument: 'after' });
  }

  return {
    hunts: createMongoCollection(at('hunts'), 'hunts', collectionPlans.hunts),
    queries: createMongoCollection(at('queries'), 'queries', collectionPlans.queries),
    runs: createMongoCollection(at('runs'), 'runs', collectionPlans.runs),
    bookmarks: createMongoCollection(at('bookmarks'), 'bookmarks', collectionPlans.bookmarks),
    entities: createMongoCollection(at('entities'), 'entities', collectionPlans.entities),
    comments: createMongoCollection(at('comments'), 'comments', collectionPlans.comments),
    queryRevisions: createMongoCollection(at('queryRevisions'), 'queryRevisions', collectionPlans.queryRevisions),
    sweeps: createMongoCollection(at('sweeps'), 'sweeps', collectionPlans.sweeps),
    imports: createMongoCollection(at('imports'), 'imports', collectionPlans.imports),
    solutions: createMongoCollection(at('solutions'), 'solutions', collectionPlans.solutions),
    ruleTemplates: createMongoCollection(at('ruleTemplates'), 'ruleTemplates', collectionPlans.ruleTemplates),
    parsers: createMongoCollection(at('parsers'), 'parsers', collectionPlans.parsers),
    watchlists: createMongoCollection(at('watchlists'), 'watchlists', collectionPlans.watchlists),
    playbookTemplates: createMongoCollection(
      at('playbookTemplates'),
      'playbookTemplates',
      collectionPlans.playbookTemplates,
    ),
    changes: createMongoCollection(at('changes'), 'changes', collectionPlans.changes),
    tabs: createMongoCollection(at('tabs'), 'tabs', collectionPlans.tabs),
    files: createMongoCollection(at('files'), 'files', collectionPlans.files),
    incidents: createMongoCollection(at('incidents'), 'incidents', collectionPlans.incidents),
    indicators: createMongoCollection(at('indicators'), 'indicators', collectionPlans.indicators),
    rules: createMongoCollection(at('rules'), 'rules', collectionPlans.rules),
    ruleReplays: createMongoCollection(at('ruleReplays'), 'ruleReplays', collectionPlans.ruleReplays),
    ruleWindows: createMongoCollection(at('ruleWindows'), 'ruleWindows', collectionPlans.ruleWindows),
    playbookRuns: createMongoCollection(at('playbookRuns'), 'playbookRuns', collectionPlans.playbookRuns),
    approvals: createMongoCollection(at('approvals'), 'approvals', collectionPlans.approvals),
    personLinks: createMongoCollection(at('personLinks'), 'personLinks', collectionPlans.personLinks),
    roles: createMongoCollection(at('roles'), 'roles', collectionPlans.roles),
    audit: createMongoCollection(at('audit'), 'audit', collectionPlans.audit),
    seen: createMongoCollection(at('seen'), 'seen', collectionPlans.seen),
    settings: createMongoCollection(at('settings'), 'settings', collectionPlans.settings),
    localMessages: createMongoCollection(at('localMessages'), 'localMessages', collectionPlans.localMessages),
    pictures: createMongoCollection(at('pictures'), 'pictures', collectionPlans.pictures),
    results: createResultPages(
      createMongoPages(
        database.collection<PageDocument>('resultPages'),
        database.collection<PartDocument>('resultParts'),
      ),
    ),
    next,
    close: () => client.close(),
  };
}

async function refuseNewerData(database: Db): Promise<void> {
  const facts = database.collection<Counter>('facts');
  try {
    await facts.updateOne({ _id: 'version' }, { $max: { value: storeVersion } }, { upsert: true });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const version = await facts.findOne({ _id: 'version' });
  if (version && version.value > storeVersion) {
    throw new Error(
      'The stored data was written by a newer Talbot. Start that one, or give this one another database.',
    );
  }
}
