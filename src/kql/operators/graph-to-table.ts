import type { Context } from '../context';
import type { NamedExpr } from '../expr';
import { listOf, optionalPart, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { columnExprs, type Graph, type Relation, selectFrom } from '../relation';
import type { Operator } from './define-operator';
import { graphOf } from './graph';

export const graphToTable: Operator = {
  name: 'graph-to-table',
  kind: 'GraphToTableOperator',
  difference: 'the ids of nodes are numbers from 1 on, in Kusto hashes',
  compile(node, input, env, context) {
    const graph = graphOf(node, input, context);
    const clauses = listOf(node, 'OutputClause');
    const tables = clauses.map((clause) => tableOf(clause, graph, context));
    for (const [i, clause] of clauses.entries()) {
      const as = optionalPart(clause, 'AsClause');
      const relation = tables[i];
      if (as && relation) env.set(simpleName(part(as, 'Name')), { kind: 'table', relation: () => relation });
    }
    const [first] = tables;
    if (tables.length > 1) context.note('`graph-to-table` gives its first table here; the other is known by its name.');
    return first ?? context.fail(node, 'syntax', '`graph-to-table` needs nodes or edges');
  },
};

function tableOf(clause: SyntaxNode, graph: Graph, context: Context): Relation {
  const entity = sourceText(part(clause, 'EntityKeyword')).toLowerCase();
  const id = (parameter: string, sql: string): NamedExpr[] => {
    const name = parameterText(clause, parameter);
    return name === undefined ? [] : [{ name, expr: { sql, type: 'long' } }];
  };
  if (entity === 'nodes')
    return selectFrom(
      graph.nodes.from,
      filled([...id('with_node_id', '"kql:id"'), ...columnExprs(graph.nodes.columns)], clause, context),
    );
  const ids = [...id('with_source_id', '"kql:from"'), ...id('with_target_id', '"kql:to"')];
  return selectFrom(graph.edges.from, filled([...ids, ...columnExprs(graph.edges.columns)], clause, context));
}

function filled(items: NamedExpr[], clause: SyntaxNode, context: Context): NamedExpr[] {
  return items.length > 0 ? items : context.fail(clause, 'type', 'the nodes of this graph have no properties');
}
