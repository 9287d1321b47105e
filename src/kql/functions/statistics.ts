import type { Expr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { convert } from './convert';
import { type AggregateFunction, defineAggregate } from './define-function';

function real(value: Expr): string {
  return convert(value, 'real').sql;
}

/** Over one row, or none, a deviation is 0. */
function deviation(name: string, sqlName: string, hasPredicate: boolean): AggregateFunction {
  const count = hasPredicate ? 2 : 1;
  return defineAggregate({
    name,
    arity: [count, count],
    compile([value, predicate], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return { sql: `coalesce(${sqlName}(${real(value)})${filterOf(predicateOf(predicate))}, 0)`, type: 'real' };
    },
  });
}

function covariance(name: string, sqlName: string, hasPredicate: boolean): AggregateFunction {
  const count = hasPredicate ? 3 : 2;
  return defineAggregate({
    name,
    arity: [count, count],
    compile([a, b, predicate], call) {
      if (!a || !b) return call.fail('type', `${name} needs two values`);
      return {
        sql: `coalesce(${sqlName}(${real(a)}, ${real(b)})${filterOf(predicateOf(predicate))}, 0)`,
        type: 'real',
      };
    },
  });
}

function bits(name: string, sqlName: string): AggregateFunction {
  return defineAggregate({
    name,
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      const type = value.type === 'int' ? 'int' : 'long';
      return { sql: `${sqlName}(${convert(value, type).sql})`, type };
    },
  });
}

export const statisticsAggregates: AggregateFunction[] = [
  deviation('stdev', 'stddev_samp', false),
  deviation('stdevif', 'stddev_samp', true),
  deviation('stdevp', 'stddev_pop', false),
  deviation('variance', 'var_samp', false),
  deviation('varianceif', 'var_samp', true),
  deviation('variancep', 'var_pop', false),
  deviation('variancepif', 'var_pop', true),
  covariance('covariance', 'covar_samp', false),
  covariance('covarianceif', 'covar_samp', true),
  covariance('covariancep', 'covar_pop', false),
  covariance('covariancepif', 'covar_pop', true),
  bits('binary_all_and', 'bit_and'),
  bits('binary_all_or', 'bit_or'),
  bits('binary_all_xor', 'bit_xor'),
];
