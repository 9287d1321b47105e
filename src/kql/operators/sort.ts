import type { Context, Environment } from '../context';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, sourceText } from '../kusto';
import { filtered, type Relation } from '../relation';
import type { Operator } from './define-operator';

export const sort: Operator = {
  name: 'sort',
  kind: 'SortOperator',
  compile(node, input, env, context) {
    const keys = listOf(node, 'Expressions').map((one) => sortKey(one, input, env, context));
    return renumbered(filtered(input, `ORDER BY ${keys.join(', ')}`, true), keys);
  },
};

/** Where rows carry their place with them, the sorted rows get new places. */
export function renumbered(sorted: Relation, keys: string[]): Relation {
  const { ordinal } = sorted;
  if (ordinal === undefined) return sorted;
  const place = `row_number() OVER (ORDER BY ${[...keys, ordinal].join(', ')})`;
  return { ...sorted, from: `(SELECT * REPLACE (${place} AS ${ordinal}) FROM ${sorted.from})` };
}

/**
 * Descending unless said otherwise; nulls come last in descending and first in ascending order unless said otherwise.
 * NaN stands beside the nulls, between them and the numbers.
 */
export function sortKey(node: SyntaxNode, input: Relation, env: Environment, context: Context): string {
  const ordered = kindOf(node) === 'OrderedExpression';
  const expression = ordered ? part(node, 'Expression') : node;
  const ordering = ordered ? optionalPart(node, 'Ordering') : undefined;
  const word = ordering ? optionalPart(ordering, 'AscOrDescKeyword') : undefined;
  const ascending = word !== undefined && sourceText(word).toLowerCase() === 'asc';
  const nulls = ordering ? optionalPart(ordering, 'NullsClause') : undefined;
  const place = nulls ? sourceText(part(nulls, 'FirstOrLastKeyword')).toLowerCase() : '';
  const first = place === 'first' || (place === '' && ascending);
  const { sql, type } = context.expression(expression, { columns: input.columns, env });
  const direction = `${ascending ? 'ASC' : 'DESC'} NULLS ${first ? 'FIRST' : 'LAST'}`;
  if (type === 'dynamic') return `kql_number(${sql}) ${direction}, kql_dynamic_text(${sql}) ${direction}`;
  if (type === 'real')
    return `nullif(${sql}, 'NaN'::DOUBLE) ${direction}, isnan(${sql}) ${first ? 'ASC NULLS FIRST' : 'DESC NULLS LAST'}`;
  return `${isLiteral(sql) ? `coalesce(${sql}, NULL)` : sql} ${direction}`;
}

/** In ORDER BY a bare number would mean a column's place, and a bare text is an error. */
function isLiteral(sql: string): boolean {
  return /^\(?(-?\d+|'([^']|'')*')\)?$/.test(sql);
}
