import { filterOf, predicateOf } from './aggregate-filter';
import { type AggregateFunction, defineAggregate } from './define-function';

function extreme(name: string, sqlName: 'min' | 'max', arity: 1 | 2): AggregateFunction {
  return defineAggregate({
    name,
    arity: [arity, arity],
    compile([value, predicate], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      if (value.type === 'dynamic') {
        return call.fail(
          'type',
          `${name} cannot compare dynamic values: convert them first, as in ${name}(tolong(x))`,
          0,
        );
      }
      const sql = `${sqlName}(${value.sql})${filterOf(predicateOf(predicate))}`;
      if (value.type === 'string') return { sql: `coalesce(${sql}, '')`, type: 'string' };
      return { sql, type: value.type };
    },
  });
}

export const minMaxAggregates: AggregateFunction[] = [
  extreme('min', 'min', 1),
  extreme('max', 'max', 1),
  extreme('minif', 'min', 2),
  extreme('maxif', 'max', 2),
];
