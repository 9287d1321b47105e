import { z } from 'zod';
import { type Column, QueryError } from '../../ports/query-engine';
import { toColumn } from '../azure/schema-answer';

const service = 'Data Explorer';

const Table = z.looseObject({
  Name: z.string(),
  OrderedColumns: z.array(
    z.looseObject({ Name: z.string(), Type: z.string().optional(), CslType: z.string().optional() }),
  ),
});
const Schema = z.looseObject({
  Databases: z.record(
    z.string(),
    z.looseObject({
      Tables: z.record(z.string(), Table).default({}),
      MaterializedViews: z.record(z.string(), Table).default({}),
      Functions: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

export interface DatabaseSchema {
  tables: { name: string; columns: Column[] }[];
  functions: string[];
}

/** Reads what `.show database schema as json` answers. */
export function readSchema(json: string): DatabaseSchema {
  const [database] = Object.values(Schema.parse(JSON.parse(json)).Databases);
  const { Tables = {}, MaterializedViews = {}, Functions = {} } = database ?? {};
  return {
    tables: [...Object.values(Tables), ...Object.values(MaterializedViews)].map((table) => ({
      name: table.Name,
      columns: table.OrderedColumns.map((column) =>
        toColumn(service, column.Name, column.CslType ?? column.Type ?? ''),
      ),
    })),
    functions: Object.keys(Functions),
  };
}

/**
 * The one column on which the service can cut what a query reads; undefined where nothing it reads has a time. A query that reads
 * tables timed by TimeGenerated together with tables timed by Timestamp is refused, because one of them would stay uncut.
 */
export function timeColumnFor(schema: DatabaseSchema, text: string): string | undefined {
  const timed = schema.tables.flatMap((table) => {
    const column = timeColumnOf(table.columns);
    return column ? [{ name: table.name, column }] : [];
  });
  const named = timed.filter(({ name }) => mentions(text, name));
  const mayReadMore = /\*|\b(search|find)\b/.test(text) || schema.functions.some((name) => mentions(text, name));
  const read = named.length === 0 || mayReadMore ? timed : named;
  const [first] = read;
  const other = read.find((one) => one.column !== first?.column);
  if (!first || !other) return first?.column;
  throw new QueryError(
    'unsupported',
    `${service} cuts a query to its time range on one column only, and this query may read ${first.name} (${first.column}) and ${other.name} (${other.column}): ask them one by one`,
  );
}

function timeColumnOf(columns: Column[]): string | undefined {
  return ['TimeGenerated', 'Timestamp'].find((name) =>
    columns.some((column) => column.name === name && column.type === 'datetime'),
  );
}

function mentions(text: string, name: string): boolean {
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${plain}(?![\\p{L}\\p{N}_])`, 'u').test(text);
}
