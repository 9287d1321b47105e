import type { Column, ColumnType } from '../ports/query-engine';
import { columnType } from './column-type';
import type { CompileInput, StoredFunction, TableSchema } from './compile-input';
import { type Globals, kusto, listItems, type ParsedCode, type ScalarTypes } from './kusto';
import { namedColumns } from './needed-columns';
import { wildcard } from './operators/column-patterns';
import { watchlistSymbols } from './watchlist';

/** What the analyser has worked out about a set of tables is kept with them, for this many sets. */
const keptGlobals = 64;
const globalsByKey = new Map<string, Globals>();

let ids = 0;

interface Member {
  key: string;
  symbol(): unknown;
}

/**
 * The analyser's view of the tables and functions that the query names, and of no others; with `named`, without the columns
 * that no word of the query could mean. The analyser's time grows with the columns of the tables.
 */
export function globalsFor(input: CompileInput, view: 'named' | 'all' = 'all'): Globals {
  const { key, make } = membersOf(input, view);
  const made = globalsByKey.get(key);
  if (made) return made;
  const globals = newGlobals(make());
  const oldest = globalsByKey.keys().next();
  if (globalsByKey.size >= keptGlobals && !oldest.done) globalsByKey.delete(oldest.value);
  globalsByKey.set(key, globals);
  return globals;
}

/** All there is, with nothing worked out before. */
export function freshGlobalsFor(input: CompileInput): Globals {
  return newGlobals(membersOf(input, 'all').make());
}

function membersOf(input: CompileInput, view: 'named' | 'all'): { key: string; make(): unknown[] } {
  const functions = namedFunctions(input);
  const texts = textsOf(input, functions);
  const text = texts.join('\n');
  const watchlists = watchlistSymbols(input, text);
  const isNamed = view === 'named' ? namedColumns(texts) : () => true;
  const members = [
    ...namedTables(text, input.tables).map((table) => tableMember(table, isNamed)),
    ...functions.map(functionMember),
  ];
  const key = `${members.map((one) => one.key).join(' ')}\n${watchlists?.key ?? ''}`;
  return { key, make: () => [...members.map((one) => one.symbol()), ...(watchlists?.make() ?? [])] };
}

function newGlobals(members: unknown[]): Globals {
  const { DatabaseSymbol } = kusto().Language.Symbols;
  return kusto().Language.GlobalState.Default.WithDatabase(new DatabaseSymbol.$ctor1('db', members));
}

const scalarTypes = {
  bool: 'Bool',
  int: 'Int',
  long: 'Long',
  real: 'Real',
  decimal: 'Decimal',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Dynamic',
} satisfies Record<ColumnType, keyof ScalarTypes>;

const columnSymbols = new WeakMap<TableSchema, { id: number; columns: unknown[] }>();

/** A table or function is known by the object that declares it: callers hand the same ones in again. */
function tableMember(table: TableSchema, isNamed: (column: string) => boolean): Member {
  const { TableSymbol, ColumnSymbol, ScalarTypes } = kusto().Language.Symbols;
  let known = columnSymbols.get(table);
  if (!known) {
    const columns = table.columns.map(({ name, type }) => new ColumnSymbol(name, ScalarTypes[scalarTypes[type]]));
    known = { id: ++ids, columns };
    columnSymbols.set(table, known);
  }
  const { id, columns } = known;
  const places = [...columns.keys()].filter((i) => isNamed(table.columns[i]?.name ?? ''));
  const symbol = () =>
    new TableSymbol.$ctor4(
      table.name,
      places.map((i) => columns[i]),
    );
  return { key: places.length === columns.length ? `${id}` : `${id}:${places.join()}`, symbol };
}

const functionSymbols = new WeakMap<StoredFunction, { id: number; symbol: unknown }>();

function functionMember(declared: StoredFunction): Member {
  let known = functionSymbols.get(declared);
  if (!known) {
    const { FunctionSymbol } = kusto().Language.Symbols;
    const { name, parameters, body } = declared;
    known = { id: ++ids, symbol: new FunctionSymbol.$ctor16(name, `(${parameters ?? ''})`, `{${body}\n}`, null) };
    functionSymbols.set(declared, known);
  }
  const { id, symbol } = known;
  return { key: `${id}`, symbol: () => symbol };
}

/** The texts that say what the query reads: its own, and those of the stored functions that it calls. */
export function namedTexts(input: CompileInput): string[] {
  return textsOf(input, namedFunctions(input));
}

function textsOf(input: CompileInput, functions: StoredFunction[]): string[] {
  return [input.text, ...functions.map((one) => one.body)];
}

/** Stored functions that the text names, and those that their bodies name in turn. */
function namedFunctions(input: CompileInput): StoredFunction[] {
  const found = new Set<StoredFunction>();
  const texts = [input.text];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    const words = new Set(text.match(/\w+/g));
    for (const one of input.functions ?? []) {
      if (found.has(one) || !words.has(one.name)) continue;
      found.add(one);
      texts.push(one.body);
    }
  }
  return [...found];
}

interface TableNames {
  byName: Map<string, TableSchema>;
  /** Tables whose names are no plain words. */
  odd: TableSchema[];
}

const tableNames = new WeakMap<TableSchema[], TableNames>();

function namesOf(tables: TableSchema[]): TableNames {
  const known = tableNames.get(tables);
  if (known) return known;
  const names = {
    byName: new Map(tables.map((table) => [table.name, table])),
    odd: tables.filter(({ name }) => /\W/.test(name)),
  };
  tableNames.set(tables, names);
  return names;
}

function namedTables(text: string, tables: TableSchema[]): TableSchema[] {
  if (/\b(search|find)\b/.test(text) || /\bunion\b[^|]*\*/.test(text)) return tables;
  const { byName, odd } = namesOf(tables);
  const found = new Set<TableSchema>();
  for (const word of text.match(/\w+/g) ?? []) {
    const table = byName.get(word);
    if (table) found.add(table);
  }
  if (odd.length > 0) {
    const unescaped = text.replace(/\\(.)/g, '$1');
    for (const table of odd) if (text.includes(table.name) || unescaped.includes(table.name)) found.add(table);
  }
  const patterns = [...new Set(text.match(/[\w*]+/g))]
    .filter((word) => /\w/.test(word) && word.includes('*'))
    .map(wildcard);
  if (patterns.length > 0)
    for (const table of tables) if (patterns.some((pattern) => pattern.test(table.name))) found.add(table);
  return [...found];
}

/** The columns that the analyser gives the query, or undefined where it does not know them all. For checks. */
export function analysedColumns(code: ParsedCode): Column[] | undefined {
  const result = code.ResultType;
  if (!result?.Columns || result.IsOpen) return undefined;
  const columns: Column[] = [];
  for (const { Name, Type } of listItems(result.Columns)) {
    const type = columnType(Type.Name);
    if (type === undefined) return undefined;
    columns.push({ name: Name, type });
  }
  return columns;
}
