import { quoteText } from '../functions/quote-text';
import { parameterText } from '../kusto';
import { type Graph, nameColumns } from '../relation';
import type { Operator } from './define-operator';
import { graphOf, graphRelation } from './graph';

/** Pairs of a node and one that can be reached from it: past this strong components are refused. */
const mostPairs = 2_000_000;

export const graphMarkComponents: Operator = {
  name: 'graph-mark-components',
  kind: 'GraphMarkComponentsOperator',
  difference: `components are numbered in the order of their first node; strong components up to ${mostPairs} pairs of nodes`,
  compile(node, input, _env, context) {
    const graph = graphOf(node, input, context);
    const kind = parameterText(node, 'kind')?.toLowerCase() ?? 'weak';
    if (kind !== 'weak' && kind !== 'strong')
      return context.fail(node, 'unsupported', `components of kind ${kind} are not supported; weak and strong are`);
    const name = parameterText(node, 'with_component_id') ?? 'ComponentId';
    const kept = graph.nodes.columns.filter((column) => column.name !== name);
    const [column] = nameColumns([{ name, type: 'long' }], kept);
    if (!column) return input;
    const marked = context.define(kind === 'weak' ? weak(graph) : strong(graph), true);
    const list = [
      'n."kql:id"',
      'n."kql:key"',
      ...kept.map((one) => `n.${one.sql}`),
      `dense_rank() OVER (ORDER BY c.comp) - 1 AS ${column.sql}`,
    ];
    const nodes = context.define(
      `(SELECT ${list.join(', ')} FROM ${graph.nodes.from} AS n JOIN ${marked} AS c ON c.id = n."kql:id")`,
      true,
    );
    return graphRelation(node, { ...graph, nodes: { from: nodes, columns: [...kept, column] } }, context);
  },
};

/** Every node takes the least id among its neighbours until nothing changes. */
function weak({ nodes, edges }: Graph): string {
  const both = `(SELECT "kql:from" AS a, "kql:to" AS b FROM ${edges.from} UNION SELECT "kql:to", "kql:from" FROM ${edges.from})`;
  return `(WITH RECURSIVE both_ways AS MATERIALIZED ${both}, components(id, comp) USING KEY (id) AS (SELECT "kql:id", "kql:id" FROM ${nodes.from} UNION (SELECT u.id, min(v.comp) FROM components AS v JOIN both_ways AS e ON e.b = v.id JOIN recurring.components AS u ON u.id = e.a WHERE v.comp < u.comp GROUP BY u.id)) SELECT id, comp FROM components)`;
}

/** Nodes that reach each other. */
function strong({ nodes, edges }: Graph): string {
  const error = `error(${quoteText('the graph is too large for its strong components')})`;
  const reach = `SELECT "kql:id", "kql:id" FROM ${nodes.from} UNION SELECT r.a, e."kql:to" FROM reached AS r JOIN ${edges.from} AS e ON e."kql:from" = r.b`;
  const checked = `(SELECT a, b FROM reached WHERE CASE WHEN (SELECT count(*) FROM reached) > ${mostPairs} THEN ${error} ELSE true END)`;
  return `(WITH RECURSIVE reached(a, b) AS (${reach}), pairs AS MATERIALIZED ${checked} SELECT p.a AS id, min(p.b) AS comp FROM pairs AS p JOIN pairs AS q ON q.a = p.b AND q.b = p.a GROUP BY p.a)`;
}
