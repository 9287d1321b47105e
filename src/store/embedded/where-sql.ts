import type { Condition } from '../../ports/stores';
import { type CollectionPlan, type KnownField, knownField, searchWords } from '../collections';
import { encodeText } from '../encoding';

/** Parameters of one statement, in the order of their `$n`. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** As JSONB, in the encoding of the `fields` column. */
  json(value: unknown): string {
    return `${this.add(JSON.stringify(queryable(value)))}::jsonb`;
  }
}

/** A value as `fields` keeps it: dates as an object of their milliseconds, which JSONB compares as a number. */
export function queryable(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() };
  if (typeof value === 'string') return encodeText(value);
  if (Array.isArray(value) && value.every(isScalar)) return value.map(queryable);
  return isScalar(value) ? value : true;
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
}

interface Query {
  where?: Record<string, Condition | undefined> | undefined;
  search?: { fields: string[]; words: string } | undefined;
}

/** The WHERE of a statement, or an empty text. Every value is a parameter; field names come from the schema only. */
export function whereSql(name: string, plan: CollectionPlan, query: Query, parameters: Parameters): string {
  const conditions = Object.entries(query.where ?? {}).flatMap(([field, condition]) =>
    condition === undefined ? [] : conditionSql(knownField(name, plan, field), condition, parameters),
  );
  if (query.search) {
    const fields = query.search.fields.map((field) => knownField(name, plan, field));
    const together = isSearched(plan, query.search.fields);
    for (const word of searchWords(query.search.words))
      conditions.push(
        together
          ? `position(${needleSql(word, parameters)} IN ${wordsColumn(plan)}) > 0`
          : `(${fields.map((field) => containsSql(field, word, parameters)).join(' OR ') || 'false'})`,
      );
  }
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

function isSearched(plan: CollectionPlan, fields: string[]): boolean {
  return plan.searched.length === fields.length && fields.every((field) => plan.searched.some((one) => one === field));
}

/** Column of the searched fields' words in small letters; another choice of fields is another column. */
export function wordsColumn(plan: CollectionPlan): string {
  return `"words_${plan.searched.join('_')}"`;
}

/** How a field is written in SQL. */
export function fieldSql({ field, long }: KnownField): string {
  if (field === 'id') return 'id';
  return long ? `(texts->'${field}')` : `(fields->'${field}')`;
}

function conditionSql(known: KnownField, condition: Condition, parameters: Parameters): string[] {
  const field = fieldSql(known);
  const value = (item: unknown) =>
    known.field === 'id' ? parameters.add(encodeText(String(item))) : parameters.json(item);
  const equals = (item: unknown) =>
    known.kind === 'list' ? `${field} @> ${parameters.json([item])}` : `${field} = ${value(item)}`;

  if ('is' in condition) return [equals(condition.is)];
  if ('oneOf' in condition) return [`(${condition.oneOf.map(equals).join(' OR ') || 'false'})`];
  if ('under' in condition) return [underSql(known, condition.under, parameters)];
  if ('missing' in condition) return [`${field} IS NULL`];
  if ('contains' in condition) return [containsSql(known, condition.contains, parameters)];
  const bounds: string[] = [];
  if (condition.least !== undefined) bounds.push(`${field} >= ${value(condition.least)}`);
  if (condition.below !== undefined) bounds.push(`${field} < ${value(condition.below)}`);
  return bounds;
}

function underSql(known: KnownField, heads: string[], parameters: Parameters): string {
  const within = (sql: string) => {
    const small = `lower((${sql}) COLLATE "pg_c_utf8")`;
    const under = heads.map((head) => {
      const start = needleSql(head, parameters);
      return `${small} = ${start} OR starts_with(${small}, ${start} || '.')`;
    });
    return under.join(' OR ') || 'false';
  };
  return anyMember(known, within);
}

function containsSql(known: KnownField, text: string, parameters: Parameters): string {
  const needle = needleSql(text, parameters);
  const within = (sql: string) => `position(${needle} IN lower((${sql}) COLLATE "pg_c_utf8")) > 0`;
  return anyMember(known, within);
}

function needleSql(text: string, parameters: Parameters): string {
  return `lower(${parameters.add(encodeText(text))}::text COLLATE "pg_c_utf8")`;
}

/** A condition on the field's text, or on any of its texts. */
function anyMember(known: KnownField, condition: (sql: string) => string): string {
  if (known.field === 'id') return `(${condition('id')})`;
  const field = fieldSql(known);
  if (known.kind !== 'list') return `(${condition(`${field} #>> '{}'`)})`;
  return `EXISTS (SELECT 1 FROM ${membersSql(field)} AS member WHERE ${condition('member')})`;
}

/** The texts of a list, given as JSONB, as rows of one column. */
export function membersSql(field: string): string {
  return `jsonb_array_elements_text(CASE jsonb_typeof(${field}) WHEN 'array' THEN ${field} ELSE '[]' END)`;
}
