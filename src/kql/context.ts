import type { ColumnType, QueryErrorCode } from '../ports/query-engine';
import type { Compiled, CompileInput, TableSchema } from './compile-input';
import type { Expr } from './expr';
import type { ExternalTable } from './external-table';
import type { SyntaxNode } from './kusto';
import type { OpenColumns } from './open-columns';
import type { Answer, Question, Wanted } from './question';
import type { Relation, RelationColumn } from './relation';
import type { RowSource } from './row-source';

export interface FunctionParameter {
  name: string;
  /** 'table' for a tabular parameter, whatever its schema. */
  type: ColumnType | 'table';
  default?: SyntaxNode;
}

/** What a name stands for. Tables are compiled when first asked for. */
export type Binding =
  | { kind: 'scalar'; expr: Expr }
  | { kind: 'table'; relation(): Relation }
  | {
      kind: 'function';
      name: string;
      parameters: FunctionParameter[];
      body: SyntaxNode;
      env: Environment;
      stored: boolean;
      view?: boolean;
    };

/** Names from `let`, `as` and parameters, innermost first. */
export interface Environment {
  get(name: string): Binding | undefined;
  set(name: string, binding: Binding): void;
  /** Names of functions declared with `view`, which `search` looks into as into tables. */
  views(): string[];
}

export function createEnvironment(outer?: Environment): Environment {
  const names = new Map<string, Binding>();
  return {
    get: (name) => names.get(name) ?? outer?.get(name),
    set: (name, binding) => void names.set(name, binding),
    views: () => [
      ...(outer?.views() ?? []),
      ...[...names].filter(([, one]) => one.kind === 'function' && one.view).map(([name]) => name),
    ],
  };
}

/** What an expression may refer to. */
export interface Scope {
  columns: readonly RelationColumn[];
  env: Environment;
  /** The rows behind `columns`, where window functions and ordered aggregates may stand. */
  rows?: RowSource;
  /** `$left` and `$right` in a join's condition. */
  sides?: { left: readonly RelationColumn[]; right: readonly RelationColumn[] };
  /** What a name and a dot behind it reach: the steps of a `scan`, the nodes and edges of a graph pattern. */
  members?: ReadonlyMap<string, readonly RelationColumn[]>;
  /** Calls that mean something here only, such as `all(edge, …)` of a graph pattern; undefined for every other call. */
  call?(node: SyntaxNode): Expr | undefined;
  /** Aggregates are allowed here, over rows of these columns; `grouped` names the columns that `*` leaves out. */
  aggregates?: { rows: Scope; grouped: ReadonlySet<string> };
}

/** One compilation. Its functions are what files of operators and expressions call instead of each other. */
export interface Context {
  input: CompileInput;
  expression(node: SyntaxNode, scope: Scope): Expr;
  /** SQL that is true for the rows to keep; null may stand for false. */
  condition(node: SyntaxNode, scope: Scope): string;
  /** The same as the conditions that `and` joins. */
  conditions(node: SyntaxNode, scope: Scope): Expr[];
  tabular(node: SyntaxNode, env: Environment): Relation;
  isTabular(node: SyntaxNode, env: Environment): boolean;
  /** One operator behind a pipe. */
  operator(node: SyntaxNode, input: Relation, env: Environment): Relation;
  /** Operators in a row, such as a subquery of `mv-apply`, on this input. */
  pipeline(node: SyntaxNode, input: Relation, env: Environment): Relation;
  callFunction(
    binding: Binding & { kind: 'function' },
    call: SyntaxNode,
    scope: Scope,
    piped?: Relation,
  ): { relation: Relation } | { expr: Expr };
  table(name: string): TableSchema | undefined;
  /** The rows of a function declared with `view`, by its name. */
  view(name: string, place: SyntaxNode, env: Environment): Relation;
  /** The rows of a base table; where `place` says where the table stands, without columns that nothing behind it needs. */
  scan(table: TableSchema, place?: SyntaxNode): Relation;
  /** Defines a common table expression and gives its quoted name; gives `from` back where it belongs to one row of a subquery. */
  define(from: string, materialized: boolean): string;
  /** A number no other call gets. */
  unique(): number;
  /** Whether the SQL runs for each row of a query around it: DuckDB lacks some joins there. */
  perRow(sql: string): boolean;
  /**
   * What the data says. Ends this round of the compilation where it is not known yet; gives `unknown` where no data may be
   * read. The SQL may name everything that was defined so far.
   */
  ask(node: SyntaxNode, question: Wanted<Question>): Answer;
  /** What is known of tables whose columns the data decides. */
  open: OpenColumns;
  /** The next of Column1, Column2 … that is not taken: the language counts them through a whole query, and anew in each function. */
  unnamedColumn(isTaken: (name: string) => boolean): string;
  note(text: string): void;
  /** Asks for the rows of an `externaldata`; gives the name of their table in SQL, unquoted. */
  external(table: Omit<ExternalTable, 'sqlName'>): string;
  /** The query looks up where addresses are. */
  needsGeo(node: SyntaxNode): void;
  /** Where the node stands in the query's own text. */
  place(node: SyntaxNode): { start: number; length: number };
  setRender(render: NonNullable<Compiled['render']>): void;
  /** `missing` names the table or function that is not there, where that is all that is wrong. */
  fail(node: SyntaxNode, code: QueryErrorCode, message: string, missing?: string): never;
}
