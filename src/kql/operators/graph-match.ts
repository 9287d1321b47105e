import type { Context, Environment } from '../context';
import { callArguments, callName } from '../expressions/call-parts';
import { kindOf, listOf, optionalPart, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { createProjection, project } from '../projection';
import { type Graph, type Relation, selectFrom } from '../relation';
import type { Operator } from './define-operator';
import { graphOf } from './graph';
import { type Cycles, pathsOf, walked } from './graph-paths';
import { type GraphPattern, graphPattern, type PatternEdge, type PatternNode } from './graph-pattern';
import { graphScope, withDegrees } from './graph-scope';

export const graphMatch: Operator = {
  name: 'graph-match',
  kind: 'GraphMatchOperator',
  difference:
    '`cycles` holds within each comma-separated sequence; at most 1,000,000 paths of variable length may be under way at once; `labels()` and `partitioned-by` are refused',
  compile: (node, input, env, context) => matches(node, input, env, context),
};

export const graphShortestPaths: Operator = {
  name: 'graph-shortest-paths',
  kind: 'GraphShortestPathsOperator',
  difference: 'at most 1,000,000 paths may be under way at once',
  compile(node, input, env, context) {
    const output = parameterText(node, 'output')?.toLowerCase() ?? 'any';
    if (output !== 'any' && output !== 'all')
      return context.fail(node, 'unsupported', `output=${output} is not supported; any and all are`);
    return matches(node, input, env, context, output);
  },
};

function matches(
  node: SyntaxNode,
  input: Relation,
  env: Environment,
  context: Context,
  shortest?: 'any' | 'all',
): Relation {
  const graph = withDegrees(node, graphOf(node, input, context), context);
  const pattern = graphPattern(node, context);
  checkShortest(node, pattern, context, shortest);
  const { scope, gathered } = graphScope(graph, pattern, env, context);
  const where = optionalPart(node, 'WhereClause');
  const tests = where ? conjuncts(part(where, 'Condition')) : [];
  const conditions = tests.map((test) => context.condition(test, scope));
  const clause = optionalPart(node, 'ProjectClause');
  if (!clause) return context.fail(node, 'unsupported', 'a pattern needs `project` behind it');
  const projection = createProjection();
  project(listOf(clause, 'Expressions'), projection, scope, context);

  const cycles = shortest ? 'none' : cyclesOf(node, context);
  const sources = pattern.nodes.map(({ alias }) => `${graph.nodes.from} AS ${alias}`);
  for (const edge of pattern.edges) {
    const starts = (end: PatternNode) => ownTests(tests, end, { graph, pattern, env, context });
    const options = {
      cycles,
      gathered: gathered(edge),
      edgeTest: edgeTests(tests, edge, { graph, pattern, env, context }),
    };
    const rows = edge.range
      ? pathsOf(edge, graph, { ...options, starts: { left: starts(edge.left), right: starts(edge.right) } }, context)
      : walked(edge, graph);
    sources.push(`${rows} AS ${edge.alias}`);
  }
  const links = pattern.edges.flatMap(({ alias, left, right }) => [
    `${alias}."kql:l" = ${left.alias}."kql:id"`,
    `${alias}."kql:r" = ${right.alias}."kql:id"`,
  ]);
  const distinct = pattern.sequences.flatMap((edges) => withoutCycles(edges, cycles));
  const all = [...links, ...distinct, ...conditions];
  const tail = all.length > 0 ? `WHERE ${all.join(' AND ')}` : '';
  const from = sources.join(', ');
  return selectFrom(from, projection.items, { tail: `${tail}${shortest ? onlyShortest(pattern, shortest) : ''}` });
}

function checkShortest(
  node: SyntaxNode,
  { sequences, edges }: GraphPattern,
  context: Context,
  shortest?: string,
): void {
  if (!shortest) return;
  if (sequences.length !== 1) context.fail(node, 'type', '`graph-shortest-paths` takes one sequence');
  if (!edges.some((edge) => edge.range))
    context.fail(node, 'type', '`graph-shortest-paths` needs an edge of variable length');
}

function onlyShortest({ edges }: GraphPattern, output: 'any' | 'all'): string {
  const [first, last] = [edges[0], edges.at(-1)];
  const length = edges.map(({ alias, range }) => (range ? `${alias}.length` : '1')).join(' + ');
  const rank = output === 'all' ? 'rank' : 'row_number';
  return ` QUALIFY ${rank}() OVER (PARTITION BY ${first?.left.alias}."kql:id", ${last?.right.alias}."kql:id" ORDER BY ${length}) = 1`;
}

function cyclesOf(node: SyntaxNode, context: Context): Cycles {
  const given = parameterText(node, 'cycles')?.toLowerCase() ?? 'unique_edges';
  if (given === 'all' || given === 'none' || given === 'unique_edges') return given;
  return context.fail(node, 'unsupported', `cycles=${given} is not supported; all, none and unique_edges are`);
}

/** No edge twice in a sequence, or no node twice. */
function withoutCycles(edges: PatternEdge[], cycles: Cycles): string[] {
  if (cycles === 'all' || edges.length === 0) return [];
  if (cycles === 'unique_edges') {
    if (edges.length < 2) return [];
    const ids = edges.map(({ alias, range }) => (range ? `${alias}.edges` : `[${alias}."kql:edge"]`));
    return [isDistinct(ids)];
  }
  const nodes = edges.map(({ alias, left, right, range }, i) => {
    const far = `[${right.alias}."kql:id"]`;
    const inner = range
      ? `list_filter(${alias}.nodes, lambda kql_x: kql_x <> ${left.alias}."kql:id" AND kql_x <> ${right.alias}."kql:id")`
      : '[]';
    return `${i === 0 ? `[${left.alias}."kql:id"] || ` : ''}${inner} || ${far}`;
  });
  return [isDistinct(nodes)];
}

function isDistinct(lists: string[]): string {
  const all = `(${lists.join(' || ')})`;
  return `len(${all}) = len(list_distinct(${all}))`;
}

interface Match {
  graph: Graph;
  pattern: GraphPattern;
  env: Environment;
  context: Context;
}

/** Conditions that speak of one node and of nothing else of the pattern, over its own columns. */
function ownTests(tests: SyntaxNode[], node: PatternNode, { graph, pattern, env, context }: Match): string[] {
  const { name } = node;
  if (name === undefined) return [];
  const elements = new Set([...pattern.nodes, ...pattern.edges].map((one) => one.name));
  const scope = { columns: [], env, members: new Map([[name, graph.nodes.columns]]) };
  return tests
    .filter((test) => {
      const named = namesIn(test).filter((one) => elements.has(one));
      return (
        named.length > 0 && named.every((one) => one === name) && !/\bnode_(id|degree_\w+)\b/.test(sourceText(test))
      );
    })
    .map((test) => context.condition(test, scope));
}

/** What `all(edge, …)` asks of every edge of a path: no other edge need be walked. */
function edgeTests(tests: SyntaxNode[], edge: PatternEdge, { graph, env, context }: Match): string[] {
  return tests.flatMap((test) => {
    if (kindOf(test) !== 'FunctionCallExpression' || callName(test) !== 'all') return [];
    const [target, condition] = callArguments(test);
    if (!target || !condition || kindOf(target) !== 'NameReference' || simpleName(target) !== edge.name) return [];
    return [context.condition(condition, { columns: graph.edges.columns, env })];
  });
}

function namesIn(node: SyntaxNode): string[] {
  if (kindOf(node) === 'NameReference') return [simpleName(node)];
  return Array.from({ length: node.ChildCount }, (_, i) => node.GetChild(i)).flatMap((one) =>
    one ? namesIn(one) : [],
  );
}

function conjuncts(node: SyntaxNode): SyntaxNode[] {
  if (kindOf(node) === 'ParenthesizedExpression') return conjuncts(part(node, 'Expression'));
  if (kindOf(node) !== 'AndExpression') return [node];
  return [...conjuncts(part(node, 'Left')), ...conjuncts(part(node, 'Right'))];
}
