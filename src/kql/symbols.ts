import type { Column, ColumnType } from '../ports/query-engine';
import { columnType } from './column-type';
import type { CompileInput, StoredFunction, TableSchema } from './compile-input';
import { type Globals, kusto, listItems, type ParsedCode, type ScalarTypes } from './kusto';
import { wildcard } from './operators/column-patterns';
import { watchlistSymbols } from './watchlist';

/** What the analyser has worked out about a set of tables is kept with them, for this many sets. */
const keptGlobals = 64;
const globalsByKey = new Map<string, Globals>();

interface Known {
  id: number;
  symbol: unknown;
}

const symbols = new WeakMap<TableSchema | StoredFunction, Known>();
let ids = 0;

/** The analyser's view of the tables and functions that the query names, and of no others. */
export function globalsFor(input: CompileInput): Globals {
  const { key, make } = membersOf(input);
  const made = globalsByKey.get(key);
  if (made) return made;
  const globals = newGlobals(make());
  const oldest = globalsByKey.keys().next();
  if (globalsByKey.size >= keptGlobals && !oldest.done) globalsByKey.delete(oldest.value);
  globalsByKey.set(key, globals);
  return globals;
}

/** The same, with nothing worked out before. */
export function freshGlobalsFor(input: CompileInput): Globals {
  return newGlobals(membersOf(input).make());
}

function membersOf(input: CompileInput): { key: string; make(): unknown[] } {
  const functions = namedFunctions(input);
  const text = textsOf(input, functions).join('\n');
  const watchlists = watchlistSymbols(input, text);
  const members = [
    ...namedTables(text, input.tables).map((table) => known(table, () => tableSymbol(table))),
    ...functions.map((one) => known(one, () => functionSymbol(one))),
  ];
  const key = `${members.map((one) => one.id).join(' ')}\n${watchlists?.key ?? ''}`;
  return { key, make: () => [...members.map((one) => one.symbol), ...(watchlists?.make() ?? [])] };
}

function newGlobals(members: unknown[]): Globals {
  const { DatabaseSymbol } = kusto().Language.Symbols;
  return kusto().Language.GlobalState.Default.WithDatabase(new DatabaseSymbol.$ctor1('db', members));
}

/** A table or function is known by the object that declares it: callers hand the same ones in again. */
function known(declared: TableSchema | StoredFunction, make: () => unknown): Known {
  const found = symbols.get(declared);
  if (found) return found;
  const made = { id: ++ids, symbol: make() };
  symbols.set(declared, made);
  return made;
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

function tableSymbol({ name, columns }: TableSchema): unknown {
  const { TableSymbol, ColumnSymbol, ScalarTypes } = kusto().Language.Symbols;
  return new TableSymbol.$ctor4(
    name,
    columns.map((column) => new ColumnSymbol(column.name, ScalarTypes[scalarTypes[column.type]])),
  );
}

function functionSymbol({ name, parameters, body }: StoredFunction): unknown {
  const { FunctionSymbol } = kusto().Language.Symbols;
  return new FunctionSymbol.$ctor16(name, `(${parameters ?? ''})`, `{${body}\n}`, null);
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

function namedTables(text: string, tables: TableSchema[]): TableSchema[] {
  const words = new Set(text.match(/\w+/g));
  const patterns = [...new Set(text.match(/\w*\*[\w*]*/g))].filter((pattern) => /\w/.test(pattern)).map(wildcard);
  const unescaped = text.replace(/\\(.)/g, '$1');
  const everything = /\b(search|find)\b/.test(text) || /\bunion\b[^|]*\*/.test(text);
  return tables.filter(({ name }) => {
    if (words.has(name) || everything) return true;
    return /\W/.test(name)
      ? text.includes(name) || unescaped.includes(name)
      : patterns.some((pattern) => pattern.test(name));
  });
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
