import type { Expr, NamedExpr } from '../expr';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { arrayPrelude, listOf } from './dynamic-array';

/** Numbers by value, then texts and the rest by their text. The first array decides; those of the same length follow it. */
const sortPrelude = [
  ...arrayPrelude,
  `CREATE OR REPLACE MACRO kql_sort_keys(l) AS list_transform(l, lambda kql_x, kql_i: {'kind': CASE WHEN json_type(kql_x) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN 0 WHEN json_type(kql_x) = 'VARCHAR' THEN 1 ELSE 2 END, 'number': CASE WHEN json_type(kql_x) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN try_cast(kql_x->>'$' AS DOUBLE) ELSE 0 END, 'whole': CASE WHEN json_type(kql_x) IN ('UBIGINT', 'BIGINT') THEN try_cast(kql_x->>'$' AS HUGEINT) ELSE 0 END, 'text': coalesce(kql_x->>'$', ''), 'at': kql_i})`,
  `CREATE OR REPLACE MACRO kql_nulls_at(l) AS list_filter(range(1, len(l) + 1), lambda kql_i: coalesce(l[kql_i], 'null'::JSON) = 'null'::JSON)`,
  `CREATE OR REPLACE MACRO kql_sorted_at(l, o) AS list_transform(list_sort(list_filter(kql_sort_keys(l), lambda kql_k: coalesce(l[kql_k.at], 'null'::JSON) <> 'null'::JSON), o), lambda kql_k: kql_k.at::BIGINT)`,
];

function sort(name: string, direction: 'ASC' | 'DESC'): ScalarFunction {
  function compileColumns(args: Expr[], call: CallSite): NamedExpr[] {
    const last = args.at(-1);
    const hasFlag = args.length > 1 && last?.type === 'bool';
    const nullsLast = hasFlag ? last?.constant?.value : true;
    if (typeof nullsLast !== 'boolean')
      return call.fail('unsupported', `${name} needs nulls_last as a constant`, args.length - 1);
    const arrays = hasFlag ? args.slice(0, -1) : args;
    const [leader] = arrays;
    if (!leader) return call.fail('type', `${name} needs an array`);
    const list = listOf(leader);
    const values = `kql_sorted_at(${list}, '${direction}')`;
    const nulls = `kql_nulls_at(${list})`;
    const order = nullsLast ? `list_concat(${values}, ${nulls})` : `list_concat(${nulls}, ${values})`;
    return arrays.map((array, index) => ({
      name: `${call.columnNames?.[index] || `array${index}`}_sorted`,
      expr: {
        sql: `(CASE WHEN len(${listOf(array)}) = len(${list}) THEN to_json(list_transform(${order}, lambda kql_i: ${listOf(array)}[kql_i])) END)`,
        type: 'dynamic' as const,
      },
    }));
  }
  return defineScalar({
    name,
    arity: [1, 64],
    prelude: sortPrelude,
    compileColumns,
    compile(args, call) {
      const [first] = compileColumns(args, call);
      return first?.expr ?? call.fail('type', `${name} needs an array`);
    },
  });
}

export const arraySortFunctions: ScalarFunction[] = [sort('array_sort_asc', 'ASC'), sort('array_sort_desc', 'DESC')];
