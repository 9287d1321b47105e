import { part } from '../kusto';
import { filtered, selectFrom } from '../relation';
import type { Operator } from './define-operator';
import { rowCount } from './take';

export const sample: Operator = {
  name: 'sample',
  kind: 'SampleOperator',
  compile(node, input, env, context) {
    return filtered(input, `ORDER BY random() LIMIT ${rowCount(part(node, 'Expression'), env, context)}`, false);
  },
};

export const sampleDistinct: Operator = {
  name: 'sample-distinct',
  kind: 'SampleDistinctOperator',
  compile(node, input, env, context) {
    const of = part(node, 'OfExpression');
    const value = context.expression(of, { columns: input.columns, env });
    const column = input.columns.find((one) => one.sql === value.sql);
    const distinct = selectFrom(input.from, [{ name: column?.name ?? 'Column1', expr: value }], { distinct: true });
    return filtered(distinct, `LIMIT ${rowCount(part(node, 'Expression'), env, context)}`);
  },
};
