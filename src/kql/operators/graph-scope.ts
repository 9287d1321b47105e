import type { Context, Environment, Scope } from '../context';
import type { Expr } from '../expr';
import { callArguments, callName } from '../expressions/call-parts';
import { toJson } from '../functions/convert';
import { kindOf, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { columnExprs, type Graph, type RelationColumn } from '../relation';
import type { Gathered } from './graph-paths';
import type { GraphPattern, PatternEdge, PatternNode } from './graph-pattern';

export interface GraphScope {
  scope: Scope;
  /** What the expressions compiled so far gather along the paths of an edge. */
  gathered(edge: PatternEdge): Gathered[];
}

const degrees: Record<string, string> = { node_degree_in: '"kql:in"', node_degree_out: '"kql:out"' };

/** What the constraints and the projection of a pattern can say. */
export function graphScope(graph: Graph, pattern: GraphPattern, env: Environment, context: Context): GraphScope {
  const lists = new Map<PatternEdge, Gathered[]>();
  const members = new Map<string, RelationColumn[]>();
  for (const { name, alias } of pattern.nodes)
    if (name !== undefined) members.set(name, aliased(graph.nodes.columns, alias));
  for (const { name, alias, range } of pattern.edges)
    if (name !== undefined && !range) members.set(name, aliased(graph.edges.columns, alias));

  function gather(edge: PatternEdge, one: Gathered): string {
    const known = lists.get(edge) ?? [];
    lists.set(edge, known);
    const place = known.findIndex((other) => other.of === one.of && other.sql === one.sql);
    return `${edge.alias}.x${place >= 0 ? place : known.push(one) - 1}`;
  }

  /** `map`, `all` and `any` of an edge of variable length, or of its inner nodes. */
  function along(node: SyntaxNode, name: string): Expr | undefined {
    const [target, value] = callArguments(node);
    if (!target) return undefined;
    const inner = kindOf(target) === 'FunctionCallExpression' && callName(target) === 'inner_nodes';
    const [named] = inner ? callArguments(target) : [target];
    const edge = named && pattern.edges.find((one) => one.name !== undefined && one.name === simpleName(named));
    if (!edge)
      return name === 'any' && !inner
        ? undefined
        : context.fail(target, 'unsupported', `\`${name}\` needs an edge of the pattern, or its inner_nodes()`);
    if (!edge.range) return context.fail(target, 'unsupported', `\`${name}\` needs an edge of variable length`);
    if (!value) return context.fail(node, 'type', `\`${name}\` takes 2 arguments`);
    const of = inner ? 'nodes' : 'edges';
    const own: Scope = inner
      ? { columns: graph.nodes.columns, env, call: (call) => ofNode(call, '') }
      : { columns: graph.edges.columns, env };
    if (name === 'map') {
      const list = gather(edge, { of, sql: toJson(context.expression(value, own)) });
      return { sql: `to_json(${list})`, type: 'dynamic' };
    }
    const list = gather(edge, { of, sql: `to_json(coalesce(${context.condition(value, own)}, false))` });
    const wanted = name === 'all' ? 'false' : 'true';
    const found = `list_contains(${list}, '${wanted}'::JSON)`;
    return { sql: name === 'all' ? `(NOT ${found})` : found, type: 'bool' };
  }

  function ofNode(node: SyntaxNode, own: string | undefined): Expr | undefined {
    const name = callName(node);
    const column = degrees[name];
    if (column === undefined && name !== 'node_id') return undefined;
    const [target] = callArguments(node);
    const found: PatternNode | undefined = target && pattern.nodes.find((one) => one.name === simpleName(target));
    const prefix = found ? `${found.alias}.` : target ? undefined : own;
    if (prefix === undefined) return context.fail(node, 'type', `\`${name}\` needs a node of the pattern`);
    return name === 'node_id'
      ? { sql: `${prefix}"kql:key"`, type: graph.keyType }
      : { sql: `${prefix}${column}`, type: 'long' };
  }

  /** `edge.property` of an edge of variable length: the values along the path. */
  const variable: [string, RelationColumn[]][] = pattern.edges.flatMap((edge) => {
    if (edge.name === undefined || !edge.range) return [];
    const columns = columnExprs(graph.edges.columns).map(
      ({ name, expr }): RelationColumn => ({
        name,
        type: 'dynamic',
        get sql() {
          return `to_json(${gather(edge, { of: 'edges', sql: toJson(expr) })})`;
        },
      }),
    );
    return [[edge.name, columns]];
  });
  for (const [name, columns] of variable) members.set(name, columns);
  return {
    scope: {
      columns: [],
      env,
      members,
      call(node) {
        const name = callName(node);
        if (name === 'labels')
          return context.fail(node, 'unsupported', '`labels` is not supported: graphs have no labels here');
        if (name === 'map' || name === 'all' || name === 'any') return along(node, name);
        return ofNode(node, undefined);
      },
    },
    gathered: (edge) => lists.get(edge) ?? [],
  };
}

function aliased(columns: RelationColumn[], alias: string): RelationColumn[] {
  return columns.map((column) => ({ ...column, sql: `${alias}.${column.sql}` }));
}

/** The graph with the degrees of its nodes, where the text asks for them. */
export function withDegrees(node: SyntaxNode, graph: Graph, context: Context): Graph {
  if (!/\bnode_degree_/.test(sourceText(node))) return graph;
  const counted = (end: string) => `(SELECT ${end} AS id, count(*) AS n FROM ${graph.edges.from} GROUP BY 1)`;
  const from = context.define(
    `(SELECT v.*, coalesce(i.n, 0) AS "kql:in", coalesce(o.n, 0) AS "kql:out" FROM ${graph.nodes.from} AS v LEFT JOIN ${counted('"kql:to"')} AS i ON i.id = v."kql:id" LEFT JOIN ${counted('"kql:from"')} AS o ON o.id = v."kql:id")`,
    true,
  );
  return { ...graph, nodes: { ...graph.nodes, from } };
}
