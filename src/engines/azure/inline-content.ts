import type { ProvidedContent } from '../../ports/query-engine';
import { blankQuoted } from './query-text';

/** A query with what it names of the provided content written before it. */
export interface InlinedText {
  text: string;
  /** How many lines were put before the line that the person's query begins in, and the name that each stands for. */
  lines: string[];
  /** Watchlists too large to go along. */
  tooLarge: string[];
}

/** Of one watchlist as text: a query's own text has a limit of a few megabytes. */
const longestWatchlist = 300_000;

interface Wanted {
  functions: ProvidedContent['functions'];
  watchlists: Map<string, string>;
  tooLarge: Set<string>;
}

/**
 * Services that have no such functions get the ones that a query names as `let` statements, and watchlists as `datatable`. Every
 * character of the query keeps its line and column: a call of `_GetWatchlist` gives way to a name of the same length. A function that
 * is called by its bare name and with parentheses in one query gets its parentheses everywhere.
 */
export function inlineContent(text: string, content: ProvidedContent): InlinedText {
  const wanted: Wanted = { functions: [], watchlists: new Map(), tooLarge: new Set() };
  collect(text, content, wanted, new Set());
  const said = [text, ...wanted.functions.map((one) => one.body)].map(blankQuoted).join('\n');
  const called = new Set(wanted.functions.flatMap(({ name }) => (isCalled(said, name) ? [name] : [])));
  const write = (kql: string) => withCalls(withWatchlists(kql, wanted), called);
  const statements = [
    ...[...wanted.watchlists].map(([alias, name]) => ({ of: alias, kql: datatableOf(alias, name, content) })),
    ...wanted.functions.map(({ name, parameters, body }) => {
      const declared = `(${parameters}) {\n${write(body)}\n};`;
      const kql = called.has(name)
        ? `let ${name} = ${declared}`
        : `let ${name}_body = ${declared} let ${name} = ${name}_body();`;
      return { of: name, kql };
    }),
  ];
  const lines = statements.flatMap(({ of, kql }) => kql.split('\n').map(() => of));
  const tooLarge = [...wanted.tooLarge];
  if (statements.length === 0) return { text, lines: [], tooLarge };
  return { text: `${statements.map((one) => one.kql).join('\n')}\n${write(text)}`, lines, tooLarge };
}

/** What the text names, and what that names, each before whatever names it. */
function collect(text: string, content: ProvidedContent, wanted: Wanted, seen: Set<string>): void {
  const code = blankQuoted(text);
  for (const { alias } of watchlistCalls(text, code)) {
    const list = content.watchlists.find((one) => one.alias === alias);
    if (!list || wanted.watchlists.has(alias)) continue;
    if (datatable('', list).length > longestWatchlist) wanted.tooLarge.add(alias);
    else wanted.watchlists.set(alias, `_wl${wanted.watchlists.size + 1}`);
  }
  const words = new Set(code.match(/\w+/g));
  for (const one of content.functions) {
    if (seen.has(one.name) || !words.has(one.name)) continue;
    seen.add(one.name);
    collect(one.body, content, wanted, seen);
    wanted.functions.push(one);
  }
}

function isCalled(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\(`).test(code);
}

/** Where one is called with parentheses somewhere, its bare name needs them too. */
function withCalls(text: string, called: ReadonlySet<string>): string {
  let written = text;
  for (const name of called) {
    const bare = new RegExp(`\\b${name}\\b(?!\\s*\\()`, 'g');
    const code = blankQuoted(written);
    for (const { index } of [...code.matchAll(bare)].reverse())
      written = `${written.slice(0, index + name.length)}()${written.slice(index + name.length)}`;
  }
  return written;
}

function* watchlistCalls(text: string, code: string): Generator<{ alias: string; start: number; length: number }> {
  for (const match of text.matchAll(/\b_GetWatchlist\s*\(\s*(["'])([^"'\\\n]+)\1\s*\)/g)) {
    const [call, , alias = ''] = match;
    if (code.startsWith('_GetWatchlist', match.index)) yield { alias, start: match.index, length: call.length };
  }
}

function withWatchlists(text: string, { watchlists }: Wanted): string {
  let written = text;
  for (const { alias, start, length } of watchlistCalls(text, blankQuoted(text))) {
    const name = watchlists.get(alias);
    if (name === undefined) continue;
    written = `${written.slice(0, start)}${name.padEnd(length)}${written.slice(start + length)}`;
  }
  return written;
}

function datatableOf(alias: string, name: string, content: ProvidedContent): string {
  const list = content.watchlists.find((one) => one.alias === alias);
  return list ? datatable(name, list) : '';
}

function datatable(name: string, list: ProvidedContent['watchlists'][number]): string {
  const reserved = ['_dtitemid', 'lastupdatedtimeutc', 'searchkey'];
  const own = list.columns.flatMap((column, place) =>
    reserved.includes(column.toLowerCase()) ? [] : [{ column, place }],
  );
  const key = Math.max(0, list.columns.indexOf(list.searchKey));
  const at = list.updatedAt ? `datetime(${list.updatedAt.toISOString()})` : 'datetime(null)';
  const columns = ['_DTItemId:string', 'LastUpdatedTimeUTC:datetime', 'SearchKey:string'];
  const declared = [...columns, ...own.map(({ column }) => `[${quoted(column)}]:string`)].join(', ');
  const rows = list.rows.map((row, number) => {
    const values = [key, ...own.map((one) => one.place)].map((place) => quoted(row[place] ?? ''));
    return [quoted(`${list.alias}:${number + 1}`), at, ...values].join(', ');
  });
  return `let ${name} = datatable(${declared}) [${rows.join(', ')}];`;
}

function quoted(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
  return `"${escaped}"`;
}
