import type { Context, Environment } from '../context';
import { convert } from '../functions/convert';
import { part, type SyntaxNode } from '../kusto';
import { filtered } from '../relation';
import type { Operator } from './define-operator';

export const take: Operator = {
  name: 'take',
  kind: 'TakeOperator',
  // DuckDB 1.5 drops a left join whose right side nobody reads from under a DISTINCT, even with a LIMIT in between.
  prelude: [`SET GLOBAL disabled_optimizers = 'join_elimination'`],
  compile(node, input, env, context) {
    const order = input.ordinal === undefined ? '' : `ORDER BY ${input.ordinal} `;
    return filtered(input, `${order}LIMIT ${rowCount(part(node, 'Expression'), env, context)}`);
  },
};

/** A number of rows, for LIMIT: no column is in reach. */
export function rowCount(node: SyntaxNode, env: Environment, context: Context): string {
  const value = context.expression(node, { columns: [], env });
  const known = value.constant?.value;
  if (typeof known === 'bigint')
    return known < 0n ? context.fail(node, 'type', 'the number of rows is negative') : String(known);
  return `(SELECT greatest(${convert(value, 'long').sql}, 0))`;
}
