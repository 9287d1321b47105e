import type { Scope } from '../context';
import type { Expr } from '../expr';
import { convert, isNumber } from '../functions/convert';
import { kindOf, optionalPart, part } from '../kusto';
import { filtered, selectFrom } from '../relation';
import { resultName } from '../result-name';
import type { Operator } from './define-operator';
import { rowCount } from './take';

export const topHitters: Operator = {
  name: 'top-hitters',
  kind: 'TopHittersOperator',
  difference: 'exact here, an estimate in Kusto; the columns are named approximate_… all the same',
  compile(node, input, env, context) {
    const scope: Scope = { columns: input.columns, env };
    const of = part(node, 'OfExpression');
    const names = { env, aggregates: false, columnNames: new Set(input.columns.map((column) => column.name)) };
    const name = resultName(of, names) ?? 'Column1';
    const key = context.expression(kindOf(of) === 'SimpleNamedExpression' ? part(of, 'Expression') : of, scope);
    const clause = optionalPart(node, 'ByClause');
    const by = clause && part(clause, 'Expression');
    const weight = by && context.expression(by, scope);
    const found: Expr = weight
      ? sum(weight.type === 'dynamic' ? convert(weight, 'real') : weight)
      : { sql: 'count(*)', type: 'long' };
    const label = by ? `approximate_sum_${resultName(by, names) ?? ''}` : `approximate_count_${name}`;
    const items = [
      { name, expr: key },
      { name: label, expr: found },
    ];
    const grouped = selectFrom(input.from, items, { tail: 'GROUP BY 1' });
    const limit = rowCount(part(node, 'Expression'), env, context);
    return filtered(grouped, `ORDER BY ${grouped.columns[1]?.sql} DESC NULLS LAST LIMIT ${limit}`, true);
  },
};

function sum(value: Expr): Expr {
  const type = value.type === 'int' || !isNumber(value.type) ? 'long' : value.type;
  const sql = type === 'long' ? `coalesce(sum(${value.sql}), 0)::BIGINT` : `coalesce(sum(${value.sql}), 0)`;
  return { sql, type: value.type === 'timespan' ? 'timespan' : type };
}
