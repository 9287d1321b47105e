import type { SyntaxNode } from '../kusto';
import { kindOf, listOf, optionalPart, part, sourceText } from '../kusto';
import { columnExprs, type RelationColumn, selectFrom } from '../relation';
import { matchingColumns } from './column-patterns';
import type { Operator } from './define-operator';

export const projectReorder: Operator = {
  name: 'project-reorder',
  kind: 'ProjectReorderOperator',
  compile(node, input, _env, context) {
    const order = new Set<RelationColumn>();
    for (const one of listOf(node, 'Expressions')) {
      for (const column of inOrder(one, matchingColumns(one, input, context))) order.add(column);
    }
    for (const column of input.columns) order.add(column);
    return selectFrom(input.from, columnExprs([...order]), { order: input });
  },
};

function inOrder(node: SyntaxNode, columns: RelationColumn[]): RelationColumn[] {
  const ordering = kindOf(node) === 'OrderedExpression' ? optionalPart(node, 'Ordering') : undefined;
  const word = ordering && sourceText(part(ordering, 'AscOrDescKeyword')).toLowerCase();
  if (!word) return columns;
  const numeric = word.startsWith('granny');
  const sorted = [...columns].sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base', numeric }));
  return word.endsWith('desc') ? sorted.reverse() : sorted;
}
