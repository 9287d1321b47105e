import type { Context, Environment } from '../context';
import { kindOf, listOf, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { columnExprs, type RelationColumn, selectFrom } from '../relation';
import { wildcard } from './column-patterns';
import type { Operator } from './define-operator';

export const projectByNames: Operator = {
  name: 'project-by-names',
  kind: 'ProjectByNamesOperator',
  compile(node, input, env, context) {
    const kept = new Set<RelationColumn>();
    for (const pattern of listOf(node, 'Expressions').flatMap((one) => patterns(one, env, context))) {
      for (const column of input.columns) if (wildcard(pattern).test(column.name)) kept.add(column);
    }
    if (kept.size === 0) context.fail(node, 'unsupported', '`project-by-names` of no column is not supported');
    return selectFrom(input.from, columnExprs([...kept]), { order: input });
  },
};

function patterns(node: SyntaxNode, env: Environment, context: Context): string[] {
  if (kindOf(node) === 'StarExpression') return ['*'];
  if (kindOf(node) === 'NameReference' && env.get(simpleName(node))?.kind !== 'scalar')
    return [sourceText(node).replace(/^\[\s*(['"]?)(.*?)\1\s*\]$/, '$2')];
  const value = context.expression(node, { columns: [], env }).constant?.value;
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  return context.fail(node, 'unsupported', 'the names must be constants');
}
