import type { Context } from '../context';
import type { SyntaxNode } from '../kusto';
import type { Graph, Relation } from '../relation';

/** A graph as what an operator gives: whoever takes it for a table is refused. */
export function graphRelation(node: SyntaxNode, graph: Graph, context: Context): Relation {
  return {
    get from() {
      return context.fail(node, 'type', 'a graph is not a table: put graph-match or graph-to-table behind it');
    },
    columns: [],
    sorted: false,
    graph,
  };
}

/** The graph that an operator of graphs stands behind. */
export function graphOf(node: SyntaxNode, input: Relation, context: Context): Graph {
  return input.graph ?? context.fail(node, 'type', 'this operator needs a graph: put make-graph before it');
}
