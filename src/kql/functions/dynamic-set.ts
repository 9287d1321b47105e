import type { Expr } from '../expr';
import { toJson } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { arrayPrelude, listOf } from './dynamic-array';

/** Sets keep the order in which their elements appear first, so that two runs give the same answer. */
export const setPrelude = [
  ...arrayPrelude,
  `CREATE OR REPLACE MACRO kql_not_null(l) AS list_transform(l, lambda kql_x: coalesce(kql_x, 'null'::JSON))`,
  'CREATE OR REPLACE MACRO kql_unique(l) AS CASE WHEN len(l) > 2000 THEN list_sort(list_distinct(kql_not_null(l))) ELSE list_filter(kql_not_null(l), lambda kql_x, kql_i: list_position(kql_not_null(l), kql_x) = kql_i) END',
];

function set(name: string, least: number, combine: (sum: string, next: string) => string): ScalarFunction {
  return defineScalar({
    name,
    arity: [least, 64],
    prelude: setPrelude,
    compile(args) {
      const lists = args.map((arg) => `kql_not_null(${listOf(arg)})`);
      const [first = 'NULL'] = lists;
      return { sql: `to_json(kql_unique(${lists.slice(1).reduce(combine, first)}))`, type: 'dynamic' };
    },
  });
}

function twoSets(call: CallSite, [a, b]: Expr[]): { common: string; all: string; missing: string } {
  if (!a || !b) return call.fail('type', 'two arrays are needed');
  const left = `kql_not_null(${listOf(a)})`;
  const right = `kql_not_null(${listOf(b)})`;
  return {
    common: `len(list_distinct(list_filter(${left}, lambda kql_x: list_contains(${right}, kql_x))))`,
    all: `len(list_distinct(list_concat(${left}, ${right})))`,
    missing: `(${left} IS NULL OR ${right} IS NULL)`,
  };
}

export const setFunctions: ScalarFunction[] = [
  set('set_union', 1, (sum, next) => `list_concat(${sum}, ${next})`),
  set('set_intersect', 1, (sum, next) => `list_filter(${sum}, lambda kql_x: list_contains(${next}, kql_x))`),
  set('set_difference', 2, (sum, next) => `list_filter(${sum}, lambda kql_x: NOT list_contains(${next}, kql_x))`),
  defineScalar({
    name: 'set_has_element',
    arity: [2, 2],
    prelude: setPrelude,
    compile: ([array, value], call) =>
      array && value
        ? { sql: `list_contains(${listOf(array)}, ${toJson(value)})`, type: 'bool' }
        : call.fail('type', 'set_has_element needs an array and a value'),
  }),
  defineScalar({
    name: 'set_equals',
    arity: [2, 2],
    prelude: setPrelude,
    compile(args, call) {
      const { common, all, missing } = twoSets(call, args);
      return { sql: `(CASE WHEN NOT ${missing} THEN ${common} = ${all} END)`, type: 'bool' };
    },
  }),
  defineScalar({
    name: 'jaccard_index',
    arity: [2, 2],
    prelude: setPrelude,
    compile(args, call) {
      const { common, all } = twoSets(call, args);
      return { sql: `to_json(${common} / ${all})`, type: 'dynamic' };
    },
  }),
];
