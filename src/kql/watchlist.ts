import type { Column } from '../ports/query-engine';
import type { CompileInput, TableSchema } from './compile-input';
import type { Context, Environment } from './context';
import { nullOf, sqlTypes } from './functions/literal';
import { quoteText } from './functions/quote-text';
import { kindOf, kusto, listOf, part, type SyntaxNode } from './kusto';
import { nearest } from './nearest-name';
import { nameColumns, type Relation } from './relation';
import { quoteName } from './sql-text';

/** A watchlist by its alias, which is the schema's name: its columns are those that `_GetWatchlist` gives. */
export type Watchlist = TableSchema;

const getWatchlist = '_GetWatchlist';
const getAlias = '_GetWatchlistAlias';

/** The columns that `_GetWatchlist` gives of every list, before those of its file. */
export const watchlistColumns: Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
];
const aliasColumns: Column[] = [{ name: 'WatchlistAlias', type: 'string' }];

/** Whether the name is one of Sentinel's functions over watchlists, which a stored function of the same name replaces. */
export function isWatchlistFunction(name: string, functions: CompileInput['functions']): boolean {
  return (name === getWatchlist || name === getAlias) && !functions?.some((one) => one.name === name);
}

/** The rows of a call of one of them. */
export function watchlistRelation(node: SyntaxNode, name: string, env: Environment, context: Context): Relation {
  const { watchlists } = context.input;
  if (name === getAlias) return aliases(watchlists ?? []);
  const [argument] = kindOf(node) === 'FunctionCallExpression' ? listOf(part(node, 'ArgumentList'), 'Expressions') : [];
  if (!argument) return context.fail(node, 'type', `${getWatchlist} needs the alias of a watchlist`);
  const alias = context.expression(argument, { columns: [], env }).constant?.value;
  if (typeof alias !== 'string')
    return context.fail(argument, 'unsupported', `${getWatchlist} needs the alias of a watchlist as a constant text`);
  if (!watchlists) return unknownRows(context);
  const found = watchlists.find((one) => one.name === alias);
  if (!found) return context.fail(argument, 'unknown-name', unknownAlias(alias, watchlists));
  const columns = nameColumns(found.columns);
  const list = found.columns.map((column, i) => `${quoteName(column.name)} AS ${columns[i]?.sql}`);
  return { from: `(SELECT ${list.join(', ')} FROM ${quoteName(found.sqlName ?? alias)})`, columns, sorted: false };
}

function aliases(watchlists: readonly Watchlist[]): Relation {
  const columns = nameColumns(aliasColumns);
  const rows = watchlists.map(({ name }) => `(${quoteText(name)})`);
  const from =
    rows.length > 0 ? `(VALUES ${rows.join(', ')}) AS lists(alias)` : `(SELECT ''::VARCHAR AS alias WHERE false)`;
  return { from: `(SELECT alias AS ${columns[0]?.sql} FROM ${from})`, columns, sorted: false };
}

/** Where no watchlist is known, as in a check without data: no rows, and the columns that the query takes for the list's. */
function unknownRows(context: Context): Relation {
  const taken = new Set(watchlistColumns.map((column) => column.name));
  const assumed = context.open.assumed().filter((column) => !taken.has(column.name));
  const columns = nameColumns([...watchlistColumns, ...assumed]);
  const list = columns.map((column) => `${nullOf(column.type).sql}::${sqlTypes[column.type]} AS ${column.sql}`);
  return { from: `(SELECT ${list.join(', ')} WHERE false)`, columns, sorted: false };
}

function unknownAlias(alias: string, watchlists: readonly Watchlist[]): string {
  if (watchlists.length === 0)
    return `there is no watchlist ${alias}: a watchlist is a CSV file in the folder that TALBOT_WATCHLISTS names, or in watchlists/ among the logs`;
  const names = watchlists.map((one) => one.name);
  const near = nearest(alias, names);
  return `there is no watchlist ${alias}${near === undefined ? `; there are ${names.slice(0, 20).join(', ')}` : `; did you mean ${near}?`}`;
}

/** What the analyser must know of them: symbols of functions whose columns depend on the alias, under a key that says the same. */
export function watchlistSymbols(input: CompileInput, text: string): { key: string; make(): unknown[] } | undefined {
  if (!/\b_GetWatchlist(Alias)?\b/.test(text)) return undefined;
  const names = [getWatchlist, getAlias].filter((name) => isWatchlistFunction(name, input.functions));
  if (names.length === 0) return undefined;
  const { watchlists } = input;
  const listed = watchlists?.filter((one) => text.includes(one.name));
  return {
    key: JSON.stringify([names, listed?.map(({ name, columns }) => [name, columns]) ?? null]),
    make: () => names.map((name) => (name === getAlias ? aliasSymbol() : listSymbol(listed))),
  };
}

function aliasSymbol(): unknown {
  const { FunctionSymbol, Tabularity } = kusto().Language.Symbols;
  const table = tableSymbol(aliasColumns);
  return new FunctionSymbol.ctor(getAlias, () => table, Tabularity.Tabular, []);
}

function listSymbol(watchlists: readonly Watchlist[] | undefined): unknown {
  const { FunctionSymbol, Parameter, ScalarTypes, Tabularity } = kusto().Language.Symbols;
  const tables = new Map(watchlists?.map((one) => [one.name, tableSymbol(one.columns)]));
  const open = tableSymbol(watchlistColumns).WithIsOpen(true);
  return new FunctionSymbol.ctor(
    getWatchlist,
    ({ Arguments }) => tables.get(String(Arguments.getItem?.(0)?.ConstantValue)) ?? open,
    Tabularity.Tabular,
    [new Parameter.$ctor2('watchlistAlias', ScalarTypes.String)],
  );
}

function tableSymbol(columns: readonly Column[]) {
  const one = ({ name, type }: Column) => `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']:${type}`;
  return kusto().Language.Symbols.TableSymbol.From(`(${columns.map(one).join(', ')})`);
}
