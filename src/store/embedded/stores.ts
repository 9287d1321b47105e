import type { Stores } from '../../ports/stores';
import { collectionPlans, storeVersion } from '../collections';
import { encodeText } from '../encoding';
import { createResultPages } from '../result-pages';
import { createEmbeddedCollection } from './collection';
import type { EmbeddedDatabase } from './database';
import { createEmbeddedPages } from './result-pages';
import { collectionSql, frameSql } from './schema-sql';

/** Documents on the embedded database, which stays the caller's to close: the queue may live on it too. */
export async function createEmbeddedStores(database: EmbeddedDatabase): Promise<Stores> {
  await database.execute(frameSql);
  const { rows } = await database.query<{ value: number }>(
    `INSERT INTO talbot.facts (name, value) VALUES ('version', $1)
     ON CONFLICT (name) DO UPDATE SET value = greatest(talbot.facts.value, excluded.value) RETURNING value`,
    [storeVersion],
  );
  if ((rows[0]?.value ?? 0) > storeVersion) {
    throw new Error(
      'The stored data was written by a newer Talbot. Start that one, or give this one another TALBOT_DATA.',
    );
  }
  for (const [name, plan] of Object.entries(collectionPlans)) await database.execute(collectionSql(name, plan));

  return {
    hunts: createEmbeddedCollection(database, 'hunts', collectionPlans.hunts),
    queries: createEmbeddedCollection(database, 'queries', collectionPlans.queries),
    runs: createEmbeddedCollection(database, 'runs', collectionPlans.runs),
    bookmarks: createEmbeddedCollection(database, 'bookmarks', collectionPlans.bookmarks),
    entities: createEmbeddedCollection(database, 'entities', collectionPlans.entities),
    comments: createEmbeddedCollection(database, 'comments', collectionPlans.comments),
    queryRevisions: createEmbeddedCollection(database, 'queryRevisions', collectionPlans.queryRevisions),
    sweeps: createEmbeddedCollection(database, 'sweeps', collectionPlans.sweeps),
    imports: createEmbeddedCollection(database, 'imports', collectionPlans.imports),
    solutions: createEmbeddedCollection(database, 'solutions', collectionPlans.solutions),
    ruleTemplates: createEmbeddedCollection(database, 'ruleTemplates', collectionPlans.ruleTemplates),
    parsers: createEmbeddedCollection(database, 'parsers', collectionPlans.parsers),
    watchlists: createEmbeddedCollection(database, 'watchlists', collectionPlans.watchlists),
    playbookTemplates: createEmbeddedCollection(database, 'playbookTemplates', collectionPlans.playbookTemplates),
    changes: createEmbeddedCollection(database, 'changes', collectionPlans.changes),
    tabs: createEmbeddedCollection(database, 'tabs', collectionPlans.tabs),
    files: createEmbeddedCollection(database, 'files', collectionPlans.files),
    incidents: createEmbeddedCollection(database, 'incidents', collectionPlans.incidents),
    indicators: createEmbeddedCollection(database, 'indicators', collectionPlans.indicators),
    rules: createEmbeddedCollection(database, 'rules', collectionPlans.rules),
    ruleReplays: createEmbeddedCollection(database, 'ruleReplays', collectionPlans.ruleReplays),
    ruleWindows: createEmbeddedCollection(database, 'ruleWindows', collectionPlans.ruleWindows),
    playbookRuns: createEmbeddedCollection(database, 'playbookRuns', collectionPlans.playbookRuns),
    approvals: createEmbeddedCollection(database, 'approvals', collectionPlans.approvals),
    personLinks: createEmbeddedCollection(database, 'personLinks', collectionPlans.personLinks),
    roles: createEmbeddedCollection(database, 'roles', collectionPlans.roles),
    audit: createEmbeddedCollection(database, 'audit', collectionPlans.audit),
    seen: createEmbeddedCollection(database, 'seen', collectionPlans.seen),
    settings: createEmbeddedCollection(database, 'settings', collectionPlans.settings),
    localMessages: createEmbeddedCollection(database, 'localMessages', collectionPlans.localMessages),
    pictures: createEmbeddedCollection(database, 'pictures', collectionPlans.pictures),
    results: createResultPages(createEmbeddedPages(database)),
    async next(counter) {
      const { rows: counted } = await database.query<{ value: number }>(
        `INSERT INTO talbot.counters (name, value) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET value = talbot.counters.value + 1 RETURNING value`,
        [encodeText(counter)],
      );
      if (!counted[0]) throw new Error(`counter ${counter} gave no number`);
      return counted[0].value;
    },
    async close() {},
  };
}
