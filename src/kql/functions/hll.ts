import type { Expr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { toJson, toText } from './convert';
import { type AggregateFunction, defineAggregate, defineScalar, type ScalarFunction } from './define-function';

/** Values that one sketch may hold: some 20 MB of text. */
const most = 1_000_000;

/**
 * A sketch is [["hll"], [hashes]]: the hashes of all distinct values, so that counting them is exact. `kql_hll_of` is NULL
 * for what is none.
 */
const prelude = [
  `CREATE OR REPLACE MACRO kql_hll(hashes) AS CASE WHEN len(hashes) > ${most} THEN error('hll: more than ${most} distinct values in one group are not supported; use dcount() over the rows') WHEN len(hashes) > 0 THEN json_array(['hll'], hashes) END`,
  `CREATE OR REPLACE MACRO kql_hll_of(j) AS CASE WHEN j->>'$[0][0]' = 'hll' THEN (j->'$[1]')::UBIGINT[] END`,
];

const difference =
  'holds the distinct values themselves, at most a million in a group, and so counts exactly where Kusto estimates; its inner form is not Kusto’s';

/** Numbers of all types are one value where they print alike. */
function hashOf(value: Expr): string {
  if (value.type === 'int') return `hash((${value.sql})::BIGINT)`;
  return value.type === 'dynamic' || value.type === 'decimal' ? `hash(${toText(value)})` : `hash(${value.sql})`;
}

function sketch(name: string, hasPredicate: boolean): AggregateFunction {
  const first = hasPredicate ? 2 : 1;
  return defineAggregate({
    name,
    arity: [first, first + 1],
    prelude,
    difference,
    compile([value, predicate], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      const present = value.type === 'string' ? undefined : `${value.sql} IS NOT NULL`;
      const filter = filterOf(present, hasPredicate ? predicateOf(predicate) : undefined);
      return { sql: `kql_hll(list(DISTINCT ${hashOf(value)})${filter})`, type: 'dynamic' };
    },
  });
}

export const hllAggregates: AggregateFunction[] = [
  sketch('hll', false),
  sketch('hll_if', true),
  defineAggregate({
    name: 'hll_merge',
    arity: [1, 1],
    prelude,
    difference,
    compile([value], call) {
      if (!value) return call.fail('type', 'hll_merge needs the sketches of hll()');
      const hashes = `kql_hll_of(${toJson(value)})`;
      const all = `list_distinct(flatten(list(${hashes})${filterOf(`${hashes} IS NOT NULL`)}))`;
      return { sql: `kql_hll(${all})`, type: 'dynamic' };
    },
  }),
];

export const hllFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'hll_merge',
    arity: [2, 64],
    prelude,
    difference,
    compile(args) {
      const lists = args.map((arg) => `coalesce(kql_hll_of(${toJson(arg)}), [])`);
      return {
        sql: `kql_hll(list_distinct(flatten([${lists.join(', ')}])))`,
        type: 'dynamic',
      };
    },
  }),
  defineScalar({
    name: 'dcount_hll',
    arity: [1, 1],
    prelude,
    difference,
    compile: ([value], call) =>
      value
        ? { sql: `len(kql_hll_of(${toJson(value)}))`, type: 'long' }
        : call.fail('type', 'dcount_hll needs a sketch of hll()'),
  }),
];
