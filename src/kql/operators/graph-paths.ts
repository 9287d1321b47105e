import type { Context } from '../context';
import { quoteText } from '../functions/quote-text';
import type { Graph } from '../relation';
import type { PatternEdge } from './graph-pattern';

/** Paths that may be under way at once: a dense graph has more than any memory. */
const mostPaths = 1_000_000;

export type Cycles = 'all' | 'none' | 'unique_edges';

/** A value gathered along a path, one for each edge or each inner node. */
export interface Gathered {
  of: 'edges' | 'nodes';
  sql: string;
}

export interface PathOptions {
  cycles: Cycles;
  /** SQL over an edge's columns: what every edge of the path must be. */
  edgeTest: string[];
  /** SQL over a node's columns: where paths start, for the left and the right end. */
  starts: { left: string[]; right: string[] };
  gathered: Gathered[];
}

/** An edge in the direction it is walked. */
export function walked(edge: PatternEdge, { edges }: Graph): string {
  if (edge.direction === 'right') return `(SELECT *, "kql:from" AS "kql:l", "kql:to" AS "kql:r" FROM ${edges.from})`;
  const back = `SELECT *, "kql:to" AS "kql:l", "kql:from" AS "kql:r" FROM ${edges.from}`;
  if (edge.direction === 'left') return `(${back})`;
  return `(SELECT *, "kql:from" AS "kql:l", "kql:to" AS "kql:r" FROM ${edges.from} UNION ALL ${back} WHERE "kql:from" <> "kql:to")`;
}

/**
 * The paths of an edge of variable length: `"kql:l"` and `"kql:r"` are its ends, `edges` its edges, `nodes` all its nodes, `length`
 * their number and `x0`, `x1` … the gathered lists. They are walked from the end that the query says more of.
 */
export function pathsOf(edge: PatternEdge, graph: Graph, options: PathOptions, context: Context): string {
  const { least, most } = edge.range ?? { least: 1, most: 1 };
  const backwards = options.starts.right.length > options.starts.left.length;
  const [near, far] = backwards ? ['"kql:r"', '"kql:l"'] : ['"kql:l"', '"kql:r"'];
  const tests = options.edgeTest.length > 0 ? ` WHERE ${options.edgeTest.join(' AND ')}` : '';
  const values = (of: Gathered['of']) =>
    options.gathered.flatMap((one, i) => (one.of === of ? [`${one.sql} AS x${i}`] : [])).join(', ');
  const edgeValues = values('edges');
  const steps = context.define(
    `(SELECT ${near} AS a, ${far} AS b, "kql:edge" AS id${edgeValues && `, ${edgeValues}`} FROM ${walked(edge, graph)}${tests})`,
    true,
  );
  const nodeValues = values('nodes');
  const inner = nodeValues
    ? context.define(`(SELECT "kql:id" AS id, ${nodeValues} FROM ${graph.nodes.from})`, true)
    : undefined;
  const start = backwards ? options.starts.right : options.starts.left;
  const from = `(SELECT "kql:id" AS id FROM ${graph.nodes.from}${start.length > 0 ? ` WHERE ${start.join(' AND ')}` : ''})`;
  const add = (list: string, value: string) =>
    backwards ? `list_prepend(${value}, ${list})` : `list_append(${list}, ${value})`;
  const types = options.gathered.map((_, i) => `x${i}`);
  const empty = options.gathered.map(() => 'CAST([] AS JSON[])');
  const grown = options.gathered.map(({ of }, i) =>
    of === 'edges'
      ? add(`p.x${i}`, `e.x${i}`)
      : `CASE WHEN p.length = 0 THEN p.x${i} ELSE ${add(`p.x${i}`, `v.x${i}`)} END`,
  );
  const unique =
    options.cycles === 'unique_edges'
      ? ' AND NOT list_contains(p.edges, e.id)'
      : options.cycles === 'none'
        ? ' AND NOT list_contains(p.nodes, e.b)'
        : '';
  const error = `error(${quoteText(`more than ${mostPaths} paths are under way: narrow the graph, the ends or the length`)})`;
  const first = `SELECT ${['id', 'id', '0', 'CAST([] AS BIGINT[])', '[id]', ...empty].join(', ')} FROM ${from}`;
  const next = [
    'p.s',
    'e.b',
    `CASE WHEN count(*) OVER () > ${mostPaths} THEN ${error} ELSE p.length + 1 END`,
    add('p.edges', 'e.id'),
    add('p.nodes', 'e.b'),
    ...grown,
  ];
  const join = `FROM paths AS p JOIN ${steps} AS e ON e.a = p.t${inner ? ` JOIN ${inner} AS v ON v.id = p.t` : ''}`;
  const columns = ['s', 't', 'length', 'edges', 'nodes', ...types];
  const result = [`s AS ${near}`, `t AS ${far}`, 'length', 'edges', 'nodes', ...types].join(', ');
  const found = `(WITH RECURSIVE paths(${columns.join(', ')}) AS (${first} UNION ALL SELECT ${next.join(', ')} ${join} WHERE p.length < ${most}${unique}) SELECT ${result} FROM paths WHERE length >= ${least})`;
  return context.define(found, true);
}
