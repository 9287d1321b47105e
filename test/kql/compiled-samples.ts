import { compile } from '../../src/kql/compile';
import { KqlError } from '../../src/kql/kql-error';
import { AnswerNeeded } from '../../src/kql/question';

const logs = { name: 'Logs', columns: [{ name: 'a', type: 'string' as const }] };

/** Why the compiler refuses a query, or undefined where it takes it. */
export function refusalOf(text: string): string | undefined {
  try {
    compile({ text, tables: [logs], now: 0n });
    return undefined;
  } catch (error) {
    if (error instanceof AnswerNeeded) return undefined;
    if (error instanceof KqlError) return error.message;
    throw error;
  }
}

/** A query for each kind of statement, by the parser's kind. */
export const statementSamples: Record<string, { name: string; text: string; note?: string }> = {
  LetStatement: { name: 'let', text: 'let x = 1; print x' },
  SetOptionStatement: {
    name: 'set',
    text: 'set notruncation; print 1',
    note: 'options have no effect, which the answer says, except query_bin_auto_size and query_bin_auto_at',
  },
  AliasStatement: { name: 'alias', text: 'alias database d = cluster("c").database("d"); print 1' },
  RestrictStatement: { name: 'restrict', text: 'restrict access to (Logs); Logs' },
  PatternStatement: {
    name: 'declare pattern',
    text: 'declare pattern p = (a:string)[b:string] { ("x").["y"] = { print 1 }; }; p("x").y',
  },
  QueryParametersStatement: { name: 'declare query_parameters', text: 'declare query_parameters(x:long = 1); print x' },
};

/** Operators inside expressions: each with a query that uses it. */
export const expressionOperators: [name: string, sample: string][] = [
  ...['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'].map((name): [string, string] => [
    name,
    `print 1 ${name} 2`,
  ]),
  ...['and', 'or'].map((name): [string, string] => [name, `print true ${name} false`]),
  ...['=~', '!~'].map((name): [string, string] => [name, `print 'a' ${name} 'b'`]),
  ...['has', 'hasprefix', 'hassuffix', 'contains', 'startswith', 'endswith'].flatMap((name) =>
    [name, `!${name}`, `${name}_cs`, `!${name}_cs`].map((one): [string, string] => [one, `print 'a' ${one} 'b'`]),
  ),
  ...['has_any', 'has_all', 'in', '!in', 'in~', '!in~'].map((name): [string, string] => [
    name,
    `print 'a' ${name} ('b')`,
  ]),
  ...['matches regex', 'like', 'notlike', 'likecs', 'notlikecs'].map((name): [string, string] => [
    name,
    `print 'a' ${name} 'b'`,
  ]),
  ...['between', '!between'].map((name): [string, string] => [name, `print 1 ${name} (0 .. 2)`]),
];

/** Functions that the compiler knows without a declaration, because they are no plain functions: each with a query that uses it. */
export const specialFunctions: Record<string, { text: string; note?: string }> = {
  table: { text: 'table("Logs")' },
  cluster: { text: 'cluster("c").database("d").Logs', note: 'every cluster has the same tables here' },
  database: { text: 'database("d").Logs', note: 'every database has the same tables here' },
  column_ifexists: { text: 'Logs | project column_ifexists("b", "")' },
  columnifexists: { text: 'Logs | project columnifexists("b", "")' },
};

const path = `datatable(s:string, d:string)['a', 'b'] | make-graph s --> d`;
const one = (value: string) => `${path} | graph-match (x)-[e]->(y) project v = ${value}`;
const several = (value: string) => `${path} | graph-match (x)-[e*1..3]->(y) project v = ${value}`;

/** Functions that have a meaning inside the operators of graphs only: each with a query that uses it. */
export const graphFunctions: Record<string, string> = {
  node_id: one('node_id(x)'),
  node_degree_in: one('node_degree_in(x)'),
  node_degree_out: one('node_degree_out(x)'),
  labels: one('labels(x)'),
  all: several('1').replace(' project', " where all(e, d == 'b') project"),
  any: several('1').replace(' project', " where any(e, d == 'b') project"),
  map: several('map(e, d)'),
  inner_nodes: several('map(inner_nodes(e), 1)'),
};
