import type { HuntQuery } from '../../src/domain/query';
import { ConflictError } from '../../src/errors';
import { rebuildEntities } from '../../src/hunting/rebuild-entities';
import type { Find } from '../../src/ports/stores';
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../src/store/embedded/database';
import { createEmbeddedStores } from '../../src/store/embedded/stores';
import { exampleBookmark } from '../support/example-bookmark';
import { freshDatabaseFolder } from './fresh-database';

/** The library's table as the first Talbot made it: all fields in one column, long texts among them. */
const olderTable = `
  CREATE SCHEMA talbot;
  CREATE TABLE talbot.facts (name text PRIMARY KEY, value bigint NOT NULL);
  INSERT INTO talbot.facts VALUES ('version', 1);
  CREATE TABLE talbot."queries" (id text PRIMARY KEY, version integer NOT NULL, document text NOT NULL, fields jsonb NOT NULL);
  ALTER TABLE talbot."queries" ADD COLUMN "unique_contentId" text;
  CREATE UNIQUE INDEX "queries_unique_contentId" ON talbot."queries" ("unique_contentId");
  CREATE INDEX "queries_hunt" ON talbot."queries" USING hash ((fields->'hunt'));
  CREATE INDEX "queries_number" ON talbot."queries" USING btree ((fields->'number'));
  CREATE INDEX "queries_source" ON talbot."queries" USING hash ((fields->'source'));
`;

const at = { $date: Date.parse('2026-09-01T00:00:00Z') };
const older = {
  id: 'Q-7',
  version: 3,
  number: 7,
  origin: 'custom',
  name: 'Spray at the Gate',
  description: 'Many accounts, ÉTÉ included',
  text: 'SigninLogs\n| where ResultType == 50126',
  tactics: ['CredentialAccess'],
  techniques: ['T1110.003'],
  dataTypes: ['SigninLogs'],
  entityMappings: [],
  createdBy: { platform: 'web', tenant: 'local', id: 'ada', name: 'Ada Night' },
  createdAt: at,
  updatedAt: at,
};

const words: (keyof HuntQuery & string)[] = ['name', 'description', 'text', 'id', 'techniques'];
const searches: [string, Find<HuntQuery>][] = [
  ['its words together', { search: { fields: words, words: 'gate 50126' } }],
  ['a word of a list', { search: { fields: words, words: 't1110.003' } }],
  ['its key', { search: { fields: words, words: 'q-7' } }],
  ['small letters beyond ASCII', { search: { fields: words, words: 'été' } }],
  ['another choice of fields', { search: { fields: ['name', 'description'], words: 'accounts' } }],
  ['a long text', { where: { text: { contains: 'RESULTTYPE' } } }],
  ['a short text', { where: { origin: { is: 'custom' } } }],
  ['a list', { where: { techniques: { under: ['T1110'] } } }],
  [
    'a field that it has never had',
    { where: { createdByKey: { missing: true } }, sort: [{ field: 'tacticPlace', direction: 'down' }] },
  ],
];

let fresh: Awaited<ReturnType<typeof freshDatabaseFolder>>;
let database: EmbeddedDatabase;

beforeEach(async () => {
  fresh = await freshDatabaseFolder();
  database = await openEmbeddedDatabase(fresh.folder);
  await database.execute(olderTable);
  const { id, version, createdBy: _object, ...short } = older;
  const fields = { id, version, ...short, createdBy: true, entityMappings: [] };
  await database.query('INSERT INTO talbot."queries" (id, version, document, fields) VALUES ($1, $2, $3, $4)', [
    id,
    version,
    JSON.stringify(older),
    JSON.stringify(fields),
  ]);
});
afterEach(async () => {
  await database.close();
  await fresh.remove();
});

test('a database of the first Talbot is opened; what is in it is found, searched, changed and kept', async () => {
  const stores = await createEmbeddedStores(database);
  const query = await stores.queries.get('Q-7');
  if (!query) throw new Error('the query is gone');
  expect(query).toMatchObject({
    version: 3,
    text: older.text,
    createdBy: older.createdBy,
    createdAt: new Date(at.$date),
  });
  const missed: string[] = [];
  for (const [what, find] of searches)
    if ((await stores.queries.count(find)) !== 1 || (await stores.queries.find(find)).length !== 1) missed.push(what);
  expect(missed).toEqual([]);
  expect(await stores.queries.count({ search: { fields: words, words: 'gate nothing' } })).toBe(0);
  expect((await stores.queries.tally(['tactics'])).tactics).toEqual([{ value: 'CredentialAccess', count: 1 }]);

  const text = 'AuditLogs | take 7';
  const changed = await stores.queries.update({ ...query, text, contentId: 'one' });
  expect(changed.version).toBe(4);
  expect(await stores.queries.count({ search: { fields: words, words: '50126' } })).toBe(0);
  expect(await stores.queries.count({ search: { fields: words, words: 'gate auditlogs' } })).toBe(1);
  await expect(stores.queries.update(query)).rejects.toThrow(ConflictError);
  const { version: _version, ...copy } = changed;
  await expect(stores.queries.insert({ ...copy, id: 'Q-8', number: 8 })).rejects.toThrow(ConflictError);
});

test('a second start finds the same, and moves nothing again', async () => {
  await createEmbeddedStores(database);
  const kept = async () => (await database.query('SELECT fields, texts FROM talbot."queries"')).rows;
  const before = await kept();
  expect(before).toMatchObject([{ texts: { text: older.text, description: older.description } }]);
  await database.close();
  database = await openEmbeddedDatabase(fresh.folder);
  const stores = await createEmbeddedStores(database);
  expect(await kept()).toEqual(before);
  expect(await stores.queries.count({ search: { fields: words, words: 'gate 50126' } })).toBe(1);
});

test('entities that were kept for each hunt by itself are made again, also where two processes start', async () => {
  const stores = await createEmbeddedStores(database);
  const old = {
    id: 'E-1',
    version: 1,
    number: 1,
    hunt: 'H-1',
    type: 'IP',
    value: '198.51.100.7',
    key: 'H-1|IP|198.51.100.7',
    bookmarks: ['B-1'],
    createdAt: at,
  };
  await database.query('INSERT INTO talbot."entities" (id, version, document, fields) VALUES ($1, $2, $3, $4)', [
    old.id,
    old.version,
    JSON.stringify(old),
    JSON.stringify(old),
  ]);
  await stores.next('entity');
  const date = new Date(at.$date);
  const entities = [{ type: 'IP' as const, identifier: 'Address', value: '198.51.100.7' }];
  await stores.bookmarks.insert(exampleBookmark(1, { entities }));
  const deps = { stores, clock: { now: () => date }, log: { info() {}, warn() {}, error() {} } };
  await Promise.all([rebuildEntities(deps), rebuildEntities(deps)]);
  expect(await stores.entities.find()).toMatchObject([{ name: '198.51.100.7', hunts: ['H-1'], bookmarks: ['B-1'] }]);
});
