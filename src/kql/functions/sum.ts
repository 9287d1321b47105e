import type { Expr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { convert } from './convert';
import { type AggregateCall, type AggregateFunction, defineAggregate } from './define-function';

/** Over no rows, or nulls alone, a sum is 0. */
function compileSum([value, predicate]: Expr[], call: AggregateCall): Expr {
  if (!value) return call.fail('type', 'sum needs a value');
  const filter = filterOf(predicateOf(predicate));
  switch (value.type) {
    case 'int':
    case 'long':
      return { sql: `coalesce(sum(${value.sql})${filter}, 0)::BIGINT`, type: 'long' };
    case 'timespan':
      return { sql: `coalesce(sum(${value.sql})${filter}, 0)::BIGINT`, type: 'timespan' };
    case 'decimal':
      return { sql: `coalesce(sum(${value.sql})${filter}, 0)::DECIMAL(38,18)`, type: 'decimal' };
    case 'real':
    case 'dynamic':
      return { sql: `coalesce(sum(${convert(value, 'real').sql})${filter}, 0)`, type: 'real' };
    default:
      return call.fail('type', `sum cannot add values of type ${value.type}`, 0);
  }
}

/** Over no rows an average of numbers is NaN, of dates and timespans null. */
function compileAverage([value, predicate]: Expr[], call: AggregateCall): Expr {
  if (!value) return call.fail('type', 'avg needs a value');
  const filter = filterOf(predicateOf(predicate));
  switch (value.type) {
    case 'datetime':
    case 'timespan':
      return { sql: `(sum(${value.sql})${filter} // count(${value.sql})${filter})::BIGINT`, type: value.type };
    case 'decimal':
      return {
        sql: `(sum(${value.sql})${filter} / count(${value.sql})${filter})::DECIMAL(38,18)`,
        type: 'decimal',
      };
    case 'int':
    case 'long':
    case 'real':
    case 'dynamic':
      return { sql: `coalesce(avg(${convert(value, 'real').sql})${filter}, 'NaN'::DOUBLE)`, type: 'real' };
    default:
      return call.fail('type', `avg cannot add values of type ${value.type}`, 0);
  }
}

export const sumAggregates: AggregateFunction[] = [
  defineAggregate({ name: 'sum', arity: [1, 1], compile: compileSum }),
  defineAggregate({ name: 'sumif', arity: [2, 2], compile: compileSum }),
  defineAggregate({ name: 'avg', arity: [1, 1], compile: compileAverage }),
  defineAggregate({ name: 'avgif', arity: [2, 2], compile: compileAverage }),
];
