import type { Context, Scope } from '../context';
import type { Expr } from '../expr';
import { toJson } from '../functions/convert';
import { quoteText } from '../functions/quote-text';
import { listOf, part, type SyntaxNode } from '../kusto';

/** `pack_all([ignore_null_empty])`: a bag of all columns of the row. */
export function packAll(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const [ignore] = listOf(part(node, 'ArgumentList'), 'Expressions').map((arg) => context.expression(arg, scope));
  if (ignore && typeof ignore.constant?.value !== 'boolean')
    return context.fail(node, 'type', 'the argument of `pack_all` must be true or false');
  const pairs = scope.columns.map(
    (column) => `${quoteText(column.name)}, ${toJson({ sql: column.sql, type: column.type })}`,
  );
  const bag = `json_object(${pairs.join(', ')})`;
  if (ignore?.constant?.value !== true) return { sql: bag, type: 'dynamic' };
  const kept = scope.columns.map((column) => {
    const value = toJson({ sql: column.sql, type: column.type });
    const empty = column.type === 'string' ? `${column.sql} = ''` : `${column.sql} IS NULL`;
    return `(CASE WHEN ${empty} THEN '{}'::JSON ELSE json_object(${quoteText(column.name)}, ${value}) END)`;
  });
  return {
    sql: kept.length === 0 ? `'{}'::JSON` : `json_merge_patch('{}'::JSON, ${kept.join(', ')})`,
    type: 'dynamic',
  };
}
