import type { Column } from '../../ports/query-engine';
import { type Context, createEnvironment } from '../context';
import { escapePattern } from '../expressions/string-operators';
import { convert, toText } from '../functions/convert';
import { quoteText } from '../functions/quote-text';
import { listOf, optionalPart, part, type SyntaxNode, simpleName } from '../kusto';
import { createProjection } from '../projection';
import { selectFrom } from '../relation';
import { schemaColumns } from './datatable';
import type { Operator } from './define-operator';

export const parseKv: Operator = {
  name: 'parse-kv',
  kind: 'ParseKvOperator',
  compile(node, input, env, context) {
    const text = toText(context.expression(part(node, 'Expression'), { columns: input.columns, env }));
    const keys = schemaColumns(part(node, 'Keys'), context);
    const settings = settingsOf(node, context);
    const projection = createProjection();
    for (const { name, type, sql } of input.columns) projection.add(name, { sql, type });
    for (const key of keys) {
      const sql =
        settings.regex === undefined ? byDelimiters(text, key, keys, settings) : byRegex(text, key, settings.regex);
      projection.add(key.name, convert({ sql, type: 'string' }, key.type));
    }
    return selectFrom(input.from, projection.items, { order: input });
  },
};

interface Settings {
  pair?: string;
  kv?: string;
  quotes: { open: string; close: string }[];
  /** Any of them escapes. */
  escapes: string[];
  greedy: boolean;
  regex?: string;
}

function settingsOf(node: SyntaxNode, context: Context): Settings {
  const settings: Settings = { quotes: [], escapes: [], greedy: false };
  const clause = optionalPart(node, 'WithClause');
  for (const property of clause ? listOf(clause, 'Properties') : []) {
    const name = simpleName(part(property, 'Name')).toLowerCase();
    const value = context.expression(part(property, 'Expression'), {
      columns: [],
      env: createEnvironment(),
    }).constant?.value;
    if (name === 'greedy' && typeof value === 'boolean') settings.greedy = value;
    else if (typeof value !== 'string') context.fail(property, 'type', `${name} must be a constant text`);
    else if (name === 'pair_delimiter') settings.pair = value;
    else if (name === 'kv_delimiter') settings.kv = value;
    else if (name === 'escape') settings.escapes.push(value);
    else if (name === 'regex') settings.regex = value;
    else if (name === 'quote') settings.quotes.push({ open: value.slice(0, 1), close: value.slice(-1) });
    else context.fail(property, 'unsupported', `${name} of \`parse-kv\` is not supported`);
  }
  return settings;
}

/** The value of one key: in quotes, or up to the next pair. */
function byDelimiters(text: string, key: Column, keys: Column[], settings: Settings): string {
  const { pair, kv, quotes, escapes, greedy } = settings;
  const marks = escapes.map(escapeClass).join('');
  const word = '[^\\pL\\pN_]';
  const names = (columns: Column[]) => columns.map((column) => quotedKey(column.name, quotes)).join('|');
  const before =
    pair === undefined ? `(?:^|${word})` : `(?:^|${escapePattern(pair)}\\s*|^.*?${escapePattern(pair)}\\s*)`;
  const between = kv === undefined ? `${word}+?` : `\\s*${escapePattern(kv)}\\s*`;
  const next = pair === undefined ? word : escapePattern(pair);
  const rest = greedy
    ? `(.*?)(?:\\s*${next}\\s*(?:${names(keys)})${between}|$)`
    : pair === undefined
      ? '([\\pL\\pN_]+)'
      : `(.*?)(?:${next}|$)`;
  const inQuotes = quotes.map(({ open, close }) => {
    const other = marks === '' ? `[^${escapeClass(close)}]*` : `(?:[${marks}].|[^${escapeClass(close)}${marks}])*`;
    return `${escapePattern(open)}(${other})${escapePattern(close)}`;
  });
  const pattern = quoteText(`(?s)${before}(?:${names([key])})${between}(?:${[...inQuotes, rest].join('|')})`);
  const found = inQuotes.map((_, i) => {
    const value = `regexp_extract(${text}, ${pattern}, ${i + 1})`;
    return marks === '' ? value : `regexp_replace(${value}, ${quoteText(`[${marks}](.)`)}, '\\1', 'g')`;
  });
  return `coalesce(${[...found.map((value) => `nullif(${value}, '')`), `trim(regexp_extract(${text}, ${pattern}, ${inQuotes.length + 1}))`].join(', ')}, '')`;
}

function quotedKey(name: string, quotes: Settings['quotes']): string {
  return [
    escapePattern(name),
    ...quotes.map(({ open, close }) => `${escapePattern(open)}${escapePattern(name)}${escapePattern(close)}`),
  ].join('|');
}

function escapeClass(characters: string): string {
  return characters.replace(/[\\\]^-]/g, '\\$&');
}

/** The query's own regex: its first group is the key, its second the value. */
function byRegex(text: string, key: Column, regex: string): string {
  const all = (group: number) => `regexp_extract_all(${text}, ${quoteText(regex)}, ${group})`;
  return `coalesce(list_extract(${all(2)}, list_position(${all(1)}, ${quoteText(key.name)})), '')`;
}
