import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { ConflictError } from '../../errors';
import type { Collection, Find, Stored } from '../../ports/stores';
import { type CollectionPlan, isFree, knownField, parseDocument, planOf } from '../collections';
import { decodeDocument, decodeText, encodeDocument, encodeText, refuseTooLarge } from '../encoding';
import type { EmbeddedDatabase } from './database';
import { fieldSql, membersSql, Parameters, queryable, whereSql } from './where-sql';

/** The table of a collection: `document` is the whole as JSON text, `fields` and `texts` what conditions look at. */
export function tableOf(name: string): string {
  return `talbot."${name}"`;
}

export function createEmbeddedCollection<S extends z.ZodObject, T extends Stored & z.infer<S>>(
  database: EmbeddedDatabase,
  name: string,
  plan: CollectionPlan<S>,
): Collection<T> {
  const table = tableOf(name);
  const uniqueColumns = plan.unique.map((field) => `"unique_${field}"`);

  function columnsOf(document: T): unknown[] {
    const text = JSON.stringify(encodeDocument(plan, document, (date) => ({ $date: date.getTime() })));
    refuseTooLarge(name, document.id, Buffer.byteLength(text));
    // What no condition may look into would only be kept twice.
    const entries = Object.entries(document).filter(([field, value]) => value !== undefined && !isFree(plan, field));
    const isLong = (field: string) => plan.long.some((one) => one === field);
    const short = entries.filter(([field]) => !isLong(field)).map(([field, value]) => [field, queryable(value)]);
    const long = entries.filter(([field]) => isLong(field)).map(([field, value]) => [field, queryable(value)]);
    const unique = plan.unique.map((field) => uniqueHash(Object.entries(document).find(([key]) => key === field)?.[1]));
    const kept = [JSON.stringify(Object.fromEntries(short)), JSON.stringify(Object.fromEntries(long))];
    return [encodeText(document.id), document.version, text, ...kept, ...unique];
  }

  function read(row: { id: string; document: string }): T {
    const value = decodeDocument(plan, JSON.parse(row.document), decodeDate);
    return parseDocument(name, plan, row.id, value) as T;
  }

  async function select(query: Find<T>): Promise<{ id: string; document: string }[]> {
    const parameters = new Parameters();
    const where = whereSql(name, plan, query, parameters);
    const order = (query.sort ?? []).map((sort) => {
      return `${fieldSql(knownField(name, plan, sort.field))} ${sort.direction === 'up' ? 'ASC NULLS FIRST' : 'DESC NULLS LAST'}`;
    });
    const { rows } = await database.query<{ id: string; document: string }>(
      `SELECT id, document FROM ${table} ${where} ORDER BY ${[...order, 'id'].join(', ')}
       LIMIT ${parameters.add(Math.max(0, query.limit ?? 100))} OFFSET ${parameters.add(query.skip ?? 0)}`,
      parameters.values,
    );
    return rows;
  }

  return {
    async insert(document) {
      const first = parseDocument(name, plan, String(document.id), { ...document, version: 1 }) as T;
      const values = columnsOf(first);
      const places = values.map((_, index) => `$${index + 1}`);
      await orConflict(`${name} ${first.id}`, () =>
        database.query(
          `INSERT INTO ${table} (${['id', 'version', 'document', 'fields', 'texts', ...uniqueColumns].join(', ')}) VALUES (${places.join(', ')})`,
          values,
        ),
      );
      return first;
    },

    async get(id) {
      const { rows } = await database.query<{ id: string; document: string }>(
        `SELECT id, document FROM ${table} WHERE id = $1`,
        [encodeText(id)],
      );
      return rows[0] ? read(rows[0]) : null;
    },

    async find(query = {}) {
      return (await select(query)).map(read);
    },

    async pick(fields, query = {}) {
      const part = planOf(name, plan, fields);
      return (await select(query)).map(({ id, document }) => {
        const whole: Record<string, unknown> = JSON.parse(document);
        const picked = Object.fromEntries(fields.flatMap((field) => (field in whole ? [[field, whole[field]]] : [])));
        return parseDocument(name, part, id, decodeDocument(part, picked, decodeDate)) as Pick<
          T,
          (typeof fields)[number]
        >;
      });
    },

    async count(query = {}) {
      const parameters = new Parameters();
      const where = whereSql(name, plan, query, parameters);
      const { rows } = await database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table} ${where}`,
        parameters.values,
      );
      return rows[0]?.count ?? 0;
    },

    async tally(fields, query = {}) {
      const known = fields.map((field) => knownField(name, plan, field));
      const parameters = new Parameters();
      const where = whereSql(name, plan, query, parameters);
      const columns = known.map((one, index) => `to_jsonb(${fieldSql(one)}) AS f${index}`);
      // Equal lists are counted as one before they are taken apart: a library has few different ones.
      const counts = known.map(({ kind }, index) => {
        const groups = `(SELECT f${index} AS held, count(*) AS times FROM found WHERE f${index} IS NOT NULL GROUP BY 1) AS groups`;
        return kind === 'list'
          ? `SELECT ${index} AS field, value, sum(times)::int AS count
             FROM ${groups}, LATERAL (SELECT DISTINCT value FROM ${membersSql('held')} AS value) AS members GROUP BY 2`
          : `SELECT ${index} AS field, held #>> '{}' AS value, times::int AS count FROM ${groups}`;
      });
      const { rows } = await database.query<{ field: number; value: string; count: number }>(
        `WITH found AS MATERIALIZED (SELECT ${columns.join(', ')} FROM ${table} ${where}) ${counts.join(' UNION ALL ')}`,
        parameters.values,
      );
      const tallies = fields.map((field, index) => {
        const values = rows
          .filter((row) => row.field === index)
          .map((row) => ({ ...row, value: decodeText(row.value) }));
        values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
        return [field, values.map(({ value, count }) => ({ value, count }))] as const;
      });
      return Object.fromEntries(tallies) as Record<(typeof fields)[number], { value: string; count: number }[]>;
    },

    async update(document) {
      const next = parseDocument(name, plan, document.id, { ...document, version: document.version + 1 }) as T;
      const values = columnsOf(next);
      const set = [
        'version = $2',
        'document = $3',
        'fields = $4',
        'texts = $5',
        ...uniqueColumns.map((column, index) => `${column} = $${index + 6}`),
      ];
      const { affectedRows } = await orConflict(`${name} ${next.id}`, () =>
        database.query(`UPDATE ${table} SET ${set.join(', ')} WHERE id = $1 AND version = $${values.length + 1}`, [
          ...values,
          document.version,
        ]),
      );
      if (affectedRows !== 1) throw new ConflictError(`${name} ${next.id}`);
      return next;
    },

    async remove(id) {
      const { affectedRows } = await database.query(`DELETE FROM ${table} WHERE id = $1`, [encodeText(id)]);
      return affectedRows === 1;
    },

    async removeWhere(where) {
      const parameters = new Parameters();
      const { affectedRows } = await database.query(
        `DELETE FROM ${table} ${whereSql(name, plan, { where }, parameters)}`,
        parameters.values,
      );
      return affectedRows ?? 0;
    },
  };
}

/** Hashed, because an index entry of PostgreSQL holds 2,700 bytes and a command line or a URL may be longer. */
function uniqueHash(value: unknown): string | null {
  return typeof value === 'string' ? createHash('sha256').update(encodeText(value)).digest('hex') : null;
}

function decodeDate(value: unknown): Date | null {
  if (typeof value !== 'object' || value === null || !('$date' in value)) return null;
  return typeof value.$date === 'number' ? new Date(value.$date) : null;
}

async function orConflict<R>(what: string, run: () => Promise<R>): Promise<R> {
  try {
    return await run();
  } catch (error) {
    const uniqueViolation = typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
    throw uniqueViolation ? new ConflictError(what) : error;
  }
}
