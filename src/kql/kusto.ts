/** The few things of Microsoft's parser that the compiler touches, with types of our own: its typings take seconds to check. */
export interface SyntaxNode {
  readonly Kind: number;
  readonly TextStart: number;
  readonly End: number;
  readonly ChildCount: number;
  GetChild(index: number): SyntaxNode | null;
  ToString(includeTrivia: number): string;
}

export interface Diagnostic {
  Code: string;
  Severity: string;
  Message: string;
  Start: number;
  Length: number;
}

/** Opaque: what names mean to the analyser. */
export interface Globals {
  WithDatabase(database: unknown): Globals;
}

export interface ParsedCode {
  Syntax: SyntaxNode;
  ResultType: TypeSymbol | null;
  GetDiagnostics(): List<Diagnostic>;
  /** The columns that an expression at the place may name. */
  GetColumnsInScope(position: number): TypeSymbol | null;
}

export interface TypeSymbol {
  Name: string;
  Columns?: List<{ Name: string; Type: TypeSymbol }>;
  IsOpen?: boolean;
}

export interface List<T> {
  Count: number;
  getItem?(index: number): T;
  getItem$1?(index: number): T;
}

interface FunctionSymbol {
  Name: string;
  ResultNameKind: number;
  ResultNamePrefix: string | null;
}

export type ScalarTypes = Record<
  'Bool' | 'Int' | 'Long' | 'Real' | 'Decimal' | 'String' | 'DateTime' | 'TimeSpan' | 'Guid' | 'Dynamic',
  unknown
>;

interface Kusto {
  Language: {
    KustoCode: { Parse(text: string): ParsedCode; ParseAndAnalyze(text: string, globals: Globals): ParsedCode };
    GlobalState: { Default: Globals };
    Functions: { All: List<FunctionSymbol> };
    Aggregates: { All: List<FunctionSymbol> };
    Symbols: {
      TableSymbol: {
        $ctor4: new (name: string, columns: unknown[]) => unknown;
        From(schema: string): { WithName(name: string): unknown; WithIsOpen(open: boolean): unknown };
      };
      FunctionSymbol: {
        /** A function whose result depends on its arguments. */
        ctor: new (
          name: string,
          result: (call: { Arguments: List<{ ConstantValue: unknown }> }) => unknown,
          tabularity: unknown,
          parameters: unknown[],
        ) => unknown;
        $ctor16: new (name: string, parameters: string, body: string, description: string | null) => unknown;
      };
      Parameter: { $ctor2: new (name: string, type: unknown) => unknown };
      ColumnSymbol: new (name: string, type: unknown) => unknown;
      ScalarTypes: ScalarTypes;
      Tabularity: { Tabular: unknown };
      TypeSymbol: unknown;
      DatabaseSymbol: { $ctor1: new (name: string, members: unknown[]) => unknown };
    };
    Binding: { ColumnMap: { prototype: { Add(column: unknown): void } } };
    Syntax: { SyntaxKind: Record<string, number> };
  };
}

let loaded: Kusto | undefined;

/** Loads the parser at the first call: about 0.3 s, and the first parse costs another 0.7 s. */
export function kusto(): Kusto {
  if (loaded) return loaded;
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  loaded = Reflect.get(globalThis, 'Kusto') as Kusto;
  return loaded;
}

const kindNames = new Map<number, string>();

/** The node's kind by its name in SyntaxKind, such as `FilterOperator`. */
export function kindOf(node: SyntaxNode): string {
  if (kindNames.size === 0) {
    for (const [name, kind] of Object.entries(kusto().Language.Syntax.SyntaxKind)) kindNames.set(kind, name);
  }
  return kindNames.get(node.Kind) ?? 'Unknown';
}

export function part(node: SyntaxNode, name: string): SyntaxNode {
  const found = optionalPart(node, name);
  if (!found) throw new Error(`${kindOf(node)} has no ${name}`);
  return found;
}

export function optionalPart(node: SyntaxNode, name: string): SyntaxNode | undefined {
  return (Reflect.get(node, name) as SyntaxNode | null | undefined) ?? undefined;
}

/** The elements of a syntax list, without their separators; empty where there is no list. */
export function listOf(node: SyntaxNode, name: string): SyntaxNode[] {
  const list = Reflect.get(node, name) as List<SyntaxNode> | null | undefined;
  return list ? elements(list) : [];
}

function elements(list: List<SyntaxNode>): SyntaxNode[] {
  return listItems(list).map((item) => optionalPart(item, 'Element$1') ?? item);
}

export function listItems<T>(list: List<T>): T[] {
  if (Array.isArray(list)) return list;
  const items: T[] = [];
  for (let i = 0; i < list.Count; i++) {
    const item = list.getItem$1 ? list.getItem$1(i) : list.getItem?.(i);
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** The node's own source text, without the blanks and comments before it. */
export function sourceText(node: SyntaxNode): string {
  return node.ToString(0).trim();
}

/** The name a name node says, without brackets and quotes. */
export function simpleName(node: SyntaxNode): string {
  const own = Reflect.get(node, 'SimpleName');
  if (typeof own === 'string') return own;
  const name = optionalPart(node, 'Name');
  return name ? simpleName(name) : sourceText(node);
}

/** A token's value as text: a string literal without quotes and escapes, any other as it is written. */
export function tokenText(node: SyntaxNode): string {
  const value = Reflect.get(node, 'ValueText');
  return typeof value === 'string' ? value : sourceText(node);
}

/** The value of a `name=value` parameter of an operator, as written; undefined where it is missing. */
function parameter(node: SyntaxNode, ...names: string[]): SyntaxNode | undefined {
  const found = listOf(node, 'Parameters').find((p) => names.includes(simpleName(part(p, 'Name')).toLowerCase()));
  return found && part(found, 'Expression');
}

export function parameterText(node: SyntaxNode, ...names: string[]): string | undefined {
  const value = parameter(node, ...names);
  if (!value) return undefined;
  const token = optionalPart(value, 'Token');
  return token ? tokenText(token) : simpleName(value);
}
