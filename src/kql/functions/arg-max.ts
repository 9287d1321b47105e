import type { Expr, NamedExpr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { type AggregateCall, type AggregateFunction, defineAggregate } from './define-function';
import { nullOf, sqlTypes } from './literal';

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

/** All columns of one row, so that ties never mix two rows. Without rows that have a value to compare, any row. */
function extreme(name: string, sqlName: 'arg_max' | 'arg_min'): AggregateFunction {
  return defineAggregate({
    name,
    arity: [1, 999],
    compile(args, call) {
      const [compared] = args;
      if (!compared) return call.fail('type', `${name} needs a value to compare`);
      if (compared.type === 'dynamic')
        return call.fail('type', `${name} cannot compare dynamic values: convert them first`, 0);
      const columns = wanted(args, call);
      const aggregate = sqlName === 'arg_max' ? 'max' : 'min';
      const fields = columns.map(({ expr }, index) => `'c${index}': (${expr.sql})::${sqlTypes[expr.type]}`);
      const row = `{${fields.join(', ')}}`;
      const picked = `coalesce(${sqlName}(${row}, ${compared.sql}), first(${row}))`;
      return columns.map((column, index) => {
        if (index === 0) return { name: column.name, expr: present(`${aggregate}(${column.expr.sql})`, column.expr) };
        return { name: column.name, expr: present(`(${picked}).c${index}`, column.expr) };
      });
    },
  });
}

/** One value that is not null where there is one; of several columns, all from one row. */
function compileAny(args: Expr[], call: AggregateCall): NamedExpr[] {
  const columns = wanted(args, call);
  const [only] = columns;
  if (!only) return call.fail('type', 'take_any needs a column');
  if (columns.length === 1) return [{ name: only.name, expr: present(`any_value(${only.expr.sql})`, only.expr) }];
  const fields = columns.map(({ expr }, index) => `'c${index}': (${expr.sql})::${sqlTypes[expr.type]}`);
  return columns.map(({ name, expr }, index) => ({
    name,
    expr: present(`(first({${fields.join(', ')}})).c${index}`, expr),
  }));
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
