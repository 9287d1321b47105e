import type { Context } from '../context';
import { findColumn } from '../find-column';
import { kindOf, listOf, part, type SyntaxNode, simpleName } from '../kusto';
import type { RelationColumn } from '../relation';

export interface JoinKey {
  left: RelationColumn;
  right: RelationColumn;
}

/** The pairs of columns behind `on`: names that both sides have, or `$left.a == $right.b`, joined by commas or `and`. */
export function joinKeys(
  clause: SyntaxNode,
  left: RelationColumn[],
  right: RelationColumn[],
  context: Context,
): JoinKey[] {
  if (kindOf(clause) !== 'JoinOnClause')
    return context.fail(clause, 'unsupported', '`join … where` is not supported yet');
  return listOf(clause, 'Expressions').flatMap((one) => keysOf(one, left, right, context));
}

function keysOf(node: SyntaxNode, left: RelationColumn[], right: RelationColumn[], context: Context): JoinKey[] {
  switch (kindOf(node)) {
    case 'ParenthesizedExpression':
      return keysOf(part(node, 'Expression'), left, right, context);
    case 'AndExpression':
      return [
        ...keysOf(part(node, 'Left'), left, right, context),
        ...keysOf(part(node, 'Right'), left, right, context),
      ];
    case 'NameReference': {
      const name = simpleName(node);
      return [{ left: named(node, name, left, context), right: named(node, name, right, context) }];
    }
    case 'EqualExpression':
      return [explicitKey(node, left, right, context)];
    default:
      return context.fail(node, 'unsupported', 'a join condition must be a column name or $left.a == $right.b');
  }
}

function explicitKey(node: SyntaxNode, left: RelationColumn[], right: RelationColumn[], context: Context): JoinKey {
  const found: Partial<JoinKey> = {};
  for (const side of [part(node, 'Left'), part(node, 'Right')]) {
    const path = kindOf(side) === 'ParenthesizedExpression' ? part(side, 'Expression') : side;
    if (kindOf(path) !== 'PathExpression')
      return context.fail(side, 'unsupported', 'a join condition must be a column name or $left.a == $right.b');
    const base = simpleName(part(path, 'Expression'));
    const name = simpleName(part(path, 'Selector'));
    if (base === '$left') found.left = named(path, name, left, context);
    if (base === '$right') found.right = named(path, name, right, context);
  }
  if (!found.left || !found.right)
    return context.fail(node, 'type', 'a join condition needs one column of $left and one of $right');
  return { left: found.left, right: found.right };
}

function named(node: SyntaxNode, name: string, columns: RelationColumn[], context: Context): RelationColumn {
  return (
    findColumn(columns, name, context) ??
    context.fail(node, 'unknown-name', `there is no column named ${name} on this side of the join`)
  );
}
