import type { Expr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { toJson } from './convert';
import { type AggregateCall, type AggregateFunction, defineAggregate } from './define-function';

function compileCount([predicate]: Expr[]): Expr {
  return { sql: `count(*)${filterOf(predicateOf(predicate))}`, type: 'long' };
}

/** Nulls do not count; the empty string does. */
function distinct(value: Expr, predicate: Expr | undefined): Expr {
  const counted = value.type === 'dynamic' ? `(${toJson(value)})::VARCHAR` : value.sql;
  return { sql: `count(DISTINCT ${counted})${filterOf(predicateOf(predicate))}`, type: 'long' };
}

function compileDcount(predicateAt: number | undefined) {
  return (args: Expr[], call: AggregateCall): Expr => {
    const [value] = args;
    if (!value) return call.fail('type', 'dcount needs a value');
    call.note('dcount() counts exactly here; Kusto estimates, so large counts may differ slightly there.');
    return distinct(value, predicateAt === undefined ? undefined : args[predicateAt]);
  };
}

function compileDistinct([value, predicate]: Expr[], call: AggregateCall): Expr {
  if (!value) return call.fail('type', 'count_distinct needs a value');
  return distinct(value, predicate);
}

const exact = 'counts exactly, where Kusto estimates';

export const countAggregates: AggregateFunction[] = [
  defineAggregate({ name: 'count', arity: [0, 1], compile: compileCount }),
  defineAggregate({ name: 'cnt', arity: [0, 0], compile: compileCount }),
  defineAggregate({ name: 'countif', arity: [1, 1], compile: compileCount }),
  defineAggregate({ name: 'dcount', arity: [1, 2], compile: compileDcount(undefined), difference: exact }),
  defineAggregate({ name: 'dcountif', arity: [2, 3], compile: compileDcount(1), difference: exact }),
  defineAggregate({ name: 'count_distinct', arity: [1, 1], compile: compileDistinct }),
  defineAggregate({ name: 'count_distinctif', arity: [2, 2], compile: compileDistinct }),
];
