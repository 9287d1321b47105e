import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';

/** What a statement touches, as DuckDB's own parser sees it. */
export interface SqlContents {
  /** Why it is no single SELECT; undefined where it is one. */
  problem?: string;
  functions: Set<string>;
  tableFunctions: Set<string>;
  /** Base tables that are not defined in the statement itself. */
  tables: Set<string>;
}

export interface SqlReader {
  read(sql: string): Promise<SqlContents>;
  close(): void;
}

const Serialized = z.object({
  error: z.boolean(),
  error_message: z.string().optional(),
  statements: z.array(z.unknown()).optional(),
});

/** Reads parse trees with a DuckDB of its own, which knows none of our functions. */
export async function openSqlReader(): Promise<SqlReader> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('SET max_expression_depth = 5000');
  return {
    read: (sql) => readSql(connection, sql),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function readSql(connection: DuckDBConnection, sql: string): Promise<SqlContents> {
  const contents: SqlContents = { functions: new Set(), tableFunctions: new Set(), tables: new Set() };
  const statement = await connection.prepare('SELECT json_serialize_sql($1::VARCHAR)');
  statement.bindVarchar(1, sql);
  const result = await statement.runAndReadAll();
  const tree = Serialized.parse(JSON.parse(String(result.getRows()[0]?.[0])));
  if (tree.error) return { ...contents, problem: tree.error_message ?? 'no SELECT' };
  if (tree.statements?.length !== 1) return { ...contents, problem: `${tree.statements?.length} statements` };
  walk(tree.statements, contents, new Set());
  return contents;
}

const Node = z.looseObject({
  type: z.unknown().optional(),
  function_name: z.unknown().optional(),
  table_name: z.unknown().optional(),
  schema_name: z.unknown().optional(),
  catalog_name: z.unknown().optional(),
  function: z.unknown().optional(),
  cte_map: z.unknown().optional(),
});

/** A stack of its own: the trees nest deeper than calls may. */
function walk(root: unknown, contents: SqlContents, defined: Set<string>): void {
  const named: string[] = [];
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (Array.isArray(value)) {
      for (const one of value) stack.push(one);
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    const node = Node.parse(value);
    if (typeof node.function_name === 'string') contents.functions.add(node.function_name.toLowerCase());
    if (node.type === 'TABLE_FUNCTION')
      contents.tableFunctions.add(String(Node.safeParse(node.function).data?.function_name));
    if (node.type === 'BASE_TABLE')
      named.push([node.catalog_name, node.schema_name, node.table_name].filter(Boolean).join('.'));
    for (const key of cteNames(node.cte_map)) defined.add(key);
    for (const one of Object.values(node)) stack.push(one);
  }
  for (const name of named) if (!defined.has(name)) contents.tables.add(name);
}

function cteNames(map: unknown): string[] {
  const parsed = z.object({ map: z.array(z.object({ key: z.string() })) }).safeParse(map);
  return parsed.success ? parsed.data.map.map(({ key }) => key) : [];
}
