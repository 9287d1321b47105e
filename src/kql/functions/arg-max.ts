import type { ColumnType } from '../../ports/query-engine';
import type { Expr, NamedExpr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { type AggregateCall, type AggregateFunction, defineAggregate } from './define-function';
import { nullOf } from './literal';

/** A group's value where a whole row may be missing: strings are never null. */
function present(sql: string, value: Expr): Expr {
  if (value.type === 'string') return { sql: `coalesce(${sql}, ${nullOf('string').sql})`, type: 'string' };
  return { sql, type: value.type };
}

function wanted(args: Expr[], call: AggregateCall): NamedExpr[] {
  const named = args.map((expr, index) => ({ name: call.columnNames[index] ?? `column_${index}`, expr }));
  if (!call.hasStar) return named;
  const taken = new Set(call.columnNames);
  return [...named, ...call.star.filter(({ name }) => !taken.has(name))];
}

/** The least and the greatest value of each type to put in the place of a null: then a null loses against every value. */
const bounds: Record<Exclude<ColumnType, 'dynamic' | 'string'>, [least: string, greatest: string]> = {
  bool: ['-1', '2'],
  int: ['-2147483649', '2147483648'],
  long: ['-9223372036854775808', '9223372036854775807'],
  datetime: ['-1', '9223372036854775807'],
  timespan: ['-9223372036854775808', '9223372036854775807'],
  real: [`'-Infinity'::DOUBLE`, `'NaN'::DOUBLE`],
  decimal: ['-99999999999999999999::DECIMAL(38,18)', '99999999999999999999::DECIMAL(38,18)'],
  guid: [`'00000000-0000-0000-0000-000000000000'::UUID`, `'ffffffff-ffff-ffff-ffff-ffffffffffff'::UUID`],
};

function withoutNull(value: Expr, side: 0 | 1): string | undefined {
  if (value.type === 'dynamic') return undefined;
  if (value.type === 'string') return value.sql;
  const sql = value.type === 'bool' || value.type === 'int' ? `(${value.sql})::BIGINT` : value.sql;
  return `coalesce(${sql}, ${bounds[value.type][side]})`;
}

/**
 * One aggregate for each column, so that columns nobody reads cost nothing. DuckDB updates and merges the states of all
 * aggregates of a group in the same order, so ties take all columns from one row (the tests check it over threads).
 */
function extreme(name: string, sqlName: 'arg_max' | 'arg_min'): AggregateFunction {
  return defineAggregate({
    name,
    arity: [1, 999],
    compile(args, call) {
      const [compared] = args;
      if (!compared) return call.fail('type', `${name} needs a value to compare`);
      const key = withoutNull(compared, sqlName === 'arg_max' ? 0 : 1);
      if (!key) return call.fail('type', `${name} cannot compare dynamic values: convert them first`, 0);
      return wanted(args, call).map((column, index) => {
        const sql =
          index === 0
            ? `${sqlName === 'arg_max' ? 'max' : 'min'}(${column.expr.sql})`
            : `${sqlName}_null(${column.expr.sql}, ${key})`;
        return { name: column.name, expr: present(sql, column.expr) };
      });
    },
  });
}

/** One value that is not null where there is one; of several columns, all from one row. */
function compileAny(args: Expr[], call: AggregateCall): NamedExpr[] {
  const columns = wanted(args, call);
  const [only] = columns;
  if (!only) return call.fail('type', 'take_any needs a column');
  const sqlName = columns.length === 1 ? 'any_value' : 'first';
  return columns.map(({ name, expr }) => ({ name, expr: present(`${sqlName}(${expr.sql})`, expr) }));
}

function anyIf(name: string): AggregateFunction {
  return defineAggregate({
    name,
    arity: [2, 2],
    compile([value, predicate], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return present(`any_value(${value.sql})${filterOf(predicateOf(predicate))}`, value);
    },
  });
}

export const argMaxAggregates: AggregateFunction[] = [
  extreme('arg_max', 'arg_max'),
  extreme('arg_min', 'arg_min'),
  extreme('argmax', 'arg_max'),
  extreme('argmin', 'arg_min'),
  defineAggregate({ name: 'take_any', arity: [1, 999], compile: compileAny }),
  defineAggregate({ name: 'any', arity: [1, 999], compile: compileAny }),
  anyIf('take_anyif'),
  anyIf('anyif'),
];
