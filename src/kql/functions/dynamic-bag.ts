import type { Expr } from '../expr';
import { toJson, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

/** Bags as parallel lists of keys and of JSON values, because SQL's JSON functions lose nulls or order where they merge. */
export const bagPrelude = [
  `CREATE OR REPLACE MACRO kql_is_bag(j) AS coalesce(json_type(j) = 'OBJECT', false)`,
  `CREATE OR REPLACE MACRO kql_bag_keys(j) AS CASE WHEN kql_is_bag(j) THEN json_keys(j) ELSE [] END`,
  `CREATE OR REPLACE MACRO kql_bag_values(j) AS CASE WHEN kql_is_bag(j) THEN json_extract(j, '$.*')::JSON[] ELSE [] END`,
  `CREATE OR REPLACE MACRO kql_bag(k, v) AS ('{' || array_to_string(list_transform(list_filter(list_zip(k, v), lambda kql_p, kql_i: list_position(k, kql_p[1]) = kql_i), lambda kql_p: to_json(kql_p[1])::VARCHAR || ':' || coalesce(kql_p[2]::VARCHAR, 'null')), ',') || '}')::JSON`,
];

/** Keys that are no texts fall out together with their values; what is no array counts as one without values. */
const zipPrelude = [
  `CREATE OR REPLACE MACRO kql_elements(j) AS CASE WHEN json_type(j) = 'ARRAY' THEN try_cast(j AS JSON[]) END`,
  `CREATE OR REPLACE MACRO kql_bag_zip(k, v) AS CASE WHEN k IS NOT NULL THEN kql_bag(list_transform(list_filter(k, lambda kql_x: json_type(kql_x) = 'VARCHAR'), lambda kql_x: kql_x->>'$'), list_transform(list_filter(range(1, len(k) + 1), lambda kql_i: json_type(k[kql_i]) = 'VARCHAR'), lambda kql_i: v[kql_i])) END`,
];

/** Later bags only add keys: the first value of a key wins. */
function compileMerge(args: Expr[]): Expr {
  const bags = args.map(toJson);
  const joined = (macro: string) =>
    bags.map((bag) => `${macro}(${bag})`).reduce((sum, list) => `list_concat(${sum}, ${list})`);
  const some = bags.map((bag) => `kql_is_bag(${bag})`).join(' OR ');
  return {
    sql: `(CASE WHEN ${some} THEN kql_bag(${joined('kql_bag_keys')}, ${joined('kql_bag_values')}) END)`,
    type: 'dynamic',
  };
}

function compilePack(args: Expr[], call: CallSite): Expr {
  if (args.length % 2 !== 0) return call.fail('type', 'keys and values are needed in turn');
  const keys = args.filter((_arg, index) => index % 2 === 0).map(toText);
  const values = args.filter((_arg, index) => index % 2 === 1).map((value) => `(${toJson(value)})::JSON`);
  return { sql: `kql_bag([${keys.join(', ')}], [${values.join(', ')}])`, type: 'dynamic' };
}

function compileKeys([bag]: Expr[], call: CallSite): Expr {
  if (!bag) return call.fail('type', 'bag_keys needs a bag');
  const json = toJson(bag);
  return { sql: `(CASE WHEN kql_is_bag(${json}) THEN to_json(json_keys(${json})) END)`, type: 'dynamic' };
}

function compileHasKey([bag, key]: Expr[], call: CallSite): Expr {
  if (!bag || !key) return call.fail('type', 'bag_has_key needs a bag and a key');
  const json = toJson(bag);
  const path = key.constant?.value;
  if (typeof path === 'string' && path.startsWith('$')) {
    return { sql: `(CASE WHEN kql_is_bag(${json}) THEN json_exists(${json}, ${toText(key)}) END)`, type: 'bool' };
  }
  return {
    sql: `(CASE WHEN kql_is_bag(${json}) THEN list_contains(json_keys(${json}), ${toText(key)}) END)`,
    type: 'bool',
  };
}

function compileZip([keys, values]: Expr[], call: CallSite): Expr {
  if (!keys || !values) return call.fail('type', 'bag_zip needs an array of keys and one of values');
  return { sql: `kql_bag_zip(kql_elements(${toJson(keys)}), kql_elements(${toJson(values)}))`, type: 'dynamic' };
}

function bag(name: string, arity: [number, number], compile: (args: Expr[], call: CallSite) => Expr): ScalarFunction {
  return defineScalar({ name, arity, compile, prelude: [...bagPrelude, ...zipPrelude] });
}

export const bagFunctions: ScalarFunction[] = [
  bag('bag_merge', [1, 64], compileMerge),
  bag('bag_pack', [2, 998], compilePack),
  bag('pack', [2, 998], compilePack),
  bag('pack_dictionary', [2, 998], compilePack),
  bag('bag_keys', [1, 1], compileKeys),
  bag('bag_has_key', [2, 2], compileHasKey),
  bag('bag_zip', [2, 2], compileZip),
];
