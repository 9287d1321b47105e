import type { Context } from '../context';
import { findColumn } from '../find-column';
import { kindOf, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import type { Relation, RelationColumn } from '../relation';

/** The columns that a name or a wildcard such as `Tgt*` stands for, in the order of the input. */
export function matchingColumns(node: SyntaxNode, input: Relation, context: Context): RelationColumn[] {
  if (kindOf(node) === 'OrderedExpression') return matchingColumns(part(node, 'Expression'), input, context);
  if (kindOf(node) === 'StarExpression') return input.columns;
  const pattern = kindOf(node) === 'NameReference' ? part(node, 'Name') : node;
  if (/^(Bracketed)?WildcardedName$/.test(kindOf(pattern))) {
    const matches = wildcard(sourceText(pattern).replace(/^\[\s*(['"]?)(.*?)\1\s*\]$/, '$2'));
    return input.columns.filter((column) => matches.test(column.name));
  }
  const name = simpleName(node);
  const column = findColumn(input.columns, name, context);
  return column ? [column] : context.fail(node, 'unknown-name', `there is no column named ${name} here`);
}

export function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((one) => one.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
