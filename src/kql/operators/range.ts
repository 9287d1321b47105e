import type { ColumnType } from '../../ports/query-engine';
import { convert } from '../functions/convert';
import { part, simpleName } from '../kusto';
import { selectFrom } from '../relation';
import type { Source } from './define-operator';

export const range: Source = {
  name: 'range',
  kind: 'RangeOperator',
  compile(node, env, context) {
    const scope = { columns: [], env };
    const from = context.expression(part(node, 'From'), scope);
    const to = context.expression(part(node, 'To'), scope);
    const step = context.expression(part(node, 'Step'), scope);
    const type = rangeType([from.type, to.type, step.type]);
    const stepType = type === 'datetime' ? 'timespan' : type;
    const [first, last, by] = [convert(from, type).sql, convert(to, type).sql, convert(step, stepType).sql];
    const size = step.constant?.value;
    if (size === 0n || size === 0) context.fail(part(node, 'Step'), 'type', 'the step of a range must not be 0');
    const name = simpleName(part(node, 'Name'));
    if (type === 'real') {
      const count = `CAST(floor((${last} - ${first}) / ${by} + 1e-9) AS BIGINT)`;
      return selectFrom(`range(0, ${count} + 1) AS t(i)`, [{ name, expr: { sql: `(${first} + i * ${by})`, type } }], {
        order: { sorted: true },
      });
    }
    const value = type === 'int' ? 'i::INTEGER' : 'i';
    return selectFrom(
      `generate_series(${first}::BIGINT, ${last}::BIGINT, ${by}::BIGINT) AS t(i)`,
      [{ name, expr: { sql: value, type } }],
      { order: { sorted: true } },
    );
  },
};

function rangeType(types: ColumnType[]): ColumnType {
  for (const type of ['datetime', 'timespan', 'real', 'decimal', 'long'] as const) {
    if (types.includes(type)) return type === 'decimal' ? 'real' : type;
  }
  return types.includes('int') ? 'int' : 'long';
}
