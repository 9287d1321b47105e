import type { Column } from '../ports/query-engine';
import { columnType } from './column-type';
import type { CompileInput, StoredFunction, TableSchema } from './compile-input';
import { type Globals, kusto, listItems, type ParsedCode } from './kusto';
import { wildcard } from './operators/column-patterns';

/** Symbols are dear to build (1.3 ms a table): kept by what they say, the oldest dropped past this many. */
const keptSymbols = 2_000;
const symbols = new Map<string, unknown>();
let lastGlobals: { key: string; globals: Globals } | undefined;

/** The analyser's view of the tables and functions that the query names, and of no others. */
export function globalsFor(input: CompileInput): Globals {
  const functions = namedFunctions(input);
  const text = [input.text, ...functions.map((one) => one.body)].join('\n');
  const tables = namedTables(text, input.tables);
  const members = [
    ...tables.map(tableText),
    ...functions.map((one) => `${one.name}(${one.parameters ?? ''}){${one.body}}`),
  ];
  const key = members.join('\n');
  if (lastGlobals?.key === key) return lastGlobals.globals;
  const { DatabaseSymbol, FunctionSymbol, TableSymbol } = kusto().Language.Symbols;
  const made = [
    ...tables.map((table, i) =>
      kept(members[i] ?? '', () => TableSymbol.From(schemaText(table.columns)).WithName(table.name)),
    ),
    ...functions.map((one, i) =>
      kept(
        members[tables.length + i] ?? '',
        () => new FunctionSymbol.$ctor16(one.name, `(${one.parameters ?? ''})`, `{${one.body}\n}`, null),
      ),
    ),
  ];
  const globals = kusto().Language.GlobalState.Default.WithDatabase(new DatabaseSymbol.$ctor1('db', made));
  lastGlobals = { key, globals };
  return globals;
}

function kept(key: string, make: () => unknown): unknown {
  const known = symbols.get(key);
  if (known !== undefined) return known;
  const oldest = symbols.keys().next();
  if (symbols.size >= keptSymbols && !oldest.done) symbols.delete(oldest.value);
  const made = make();
  symbols.set(key, made);
  return made;
}

function tableText(table: TableSchema): string {
  return `${table.name}${schemaText(table.columns)}`;
}

function schemaText(columns: Column[]): string {
  const one = ({ name, type }: Column) => `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']:${type}`;
  return `(${columns.map(one).join(', ')})`;
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
