import { type CollectionPlan, knownField } from '../collections';
import { tableOf } from './collection';
import { fieldSql, wordsColumn } from './where-sql';

/** What every start makes sure of, besides the tables of the collections. */
export const frameSql = `
  CREATE SCHEMA IF NOT EXISTS talbot;
  CREATE TABLE IF NOT EXISTS talbot.facts (name text PRIMARY KEY, value bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS talbot.counters (name text PRIMARY KEY, value bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS talbot.result_pages (
    run text NOT NULL, query text NOT NULL, attempt integer NOT NULL, page integer NOT NULL,
    rows integer NOT NULL, packed text NOT NULL,
    PRIMARY KEY (run, query, attempt, page)
  );
  ALTER TABLE talbot.result_pages ALTER COLUMN packed SET STORAGE EXTERNAL;
`;

/** Table and indexes of one collection; safe to run again, and after an index was added to the plan. */
export function collectionSql(name: string, plan: CollectionPlan): string {
  const table = tableOf(name);
  const fields = [...new Set(plan.indexes.flat())].map((field) => knownField(name, plan, field));
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (id text PRIMARY KEY, version integer NOT NULL, document text NOT NULL, fields jsonb NOT NULL);`,
    `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS texts jsonb NOT NULL DEFAULT '{}';`,
    ...longSql(table, plan),
    ...wordsSql(name, table, plan),
    ...plan.unique.flatMap((field) => [
      `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS "unique_${field}" text;`,
      `CREATE UNIQUE INDEX IF NOT EXISTS "${name}_unique_${field}" ON ${table} ("unique_${field}");`,
    ]),
    ...fields.map(
      ({ field, kind }) =>
        `CREATE INDEX IF NOT EXISTS "${name}_${field}" ON ${table} USING ${indexMethods[kind](`(fields->'${field}')`)};`,
    ),
  ].join('\n');
}

/** Long texts that an earlier Talbot kept among the short fields. */
function longSql(table: string, plan: CollectionPlan): string[] {
  if (plan.long.length === 0) return [];
  const names = plan.long.map((field) => `'${field}'`).join(', ');
  return [
    `UPDATE ${table} SET fields = fields - ARRAY[${names}],
       texts = texts || (SELECT jsonb_object_agg(key, value) FROM jsonb_each(fields) WHERE key IN (${names}))
     WHERE fields ?| ARRAY[${names}];`,
  ];
}

function wordsSql(name: string, table: string, plan: CollectionPlan): string[] {
  if (plan.searched.length === 0) return [];
  const parts = plan.searched.map((field) => {
    const known = knownField(name, plan, field);
    if (field === 'id') return 'id';
    const text = `coalesce(${fieldSql(known)} #>> '{}', '')`;
    return known.kind === 'list' ? `translate(${text}, '[]"', '   ')` : text;
  });
  return [
    `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${wordsColumn(plan)} text
       GENERATED ALWAYS AS (lower((${parts.join(" || E'\\n' || ")}) COLLATE "pg_c_utf8")) STORED;`,
    // A search reads every one of them: unpacking costs more than looking for the word. What is there already stays packed.
    `ALTER TABLE ${table} ALTER COLUMN ${wordsColumn(plan)} SET STORAGE EXTERNAL;`,
  ];
}

// A hash takes texts of any length, which a B-tree does not.
const indexMethods = {
  text: (field: string) => `hash (${field})`,
  plain: (field: string) => `btree (${field})`,
  list: (field: string) => `gin (${field} jsonb_path_ops)`,
} as const;
