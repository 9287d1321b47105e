import type { Expr } from '../expr';
import { filterOf, predicateOf } from './aggregate-filter';
import { convert, toJson } from './convert';
import { type AggregateCall, type AggregateFunction, defineAggregate } from './define-function';
import { bagPrelude } from './dynamic-bag';
import { setPrelude } from './dynamic-set';
import { constantInteger } from './literal';

/** The documented default and maximum of maxSize; the old names makeset and makelist default to 128. */
const largest = 1_048_576n;

function sizeOf(arg: Expr | undefined, fallback: bigint, call: AggregateCall, index: number): bigint {
  if (!arg) return fallback;
  const size = constantInteger(arg);
  if (size === undefined) return call.fail('unsupported', 'the maximum size must be a plain number', index);
  return size < 1n || size > largest ? largest : size;
}

/** An array of JSON from a list of plain SQL values. */
function arraySql(list: string, value: Expr): string {
  if (value.type === 'string' || value.type === 'long' || value.type === 'int' || value.type === 'bool')
    return `to_json(${list})`;
  return `to_json(list_transform(${list}, lambda kql_x: ${toJson({ sql: 'kql_x', type: value.type })}))`;
}

/** Arrays in a dynamic column give their elements, to sets and to lists. */
function elementsOf(json: string): string {
  return `CASE WHEN json_type(${json}) = 'ARRAY' THEN kql_list(${json}) ELSE [${json}] END`;
}

/** Sorted, so that two runs give one answer: Kusto promises no order. */
function compileSet(value: Expr, predicate: Expr | undefined, size: bigint): Expr {
  if (value.type === 'dynamic') {
    const json = toJson(value);
    const all = `flatten(list(DISTINCT ${elementsOf(json)})${filterOf(`${json} IS NOT NULL`, predicateOf(predicate))})`;
    const unique = `list_sort(list_distinct(list_filter(${all}, lambda kql_x: coalesce(kql_x, 'null'::JSON) <> 'null'::JSON)))`;
    return { sql: `to_json(coalesce(${unique}[:${size}], []))`, type: 'dynamic' };
  }
  const filter = filterOf(value.type === 'string' ? undefined : `${value.sql} IS NOT NULL`, predicateOf(predicate));
  const unique = `coalesce(list_sort(list(DISTINCT ${value.sql})${filter})[:${size}], [])`;
  return { sql: arraySql(unique, value), type: 'dynamic' };
}

function compileList(
  value: Expr,
  predicate: Expr | undefined,
  size: bigint,
  call: AggregateCall,
  keepsNulls = false,
): Expr {
  const order = call.rowOrder ? ` ORDER BY ${call.rowOrder}` : '';
  const present = keepsNulls || value.type === 'string' ? undefined : `${value.sql} IS NOT NULL`;
  if (value.type === 'dynamic' && !keepsNulls) {
    const elements = `list(${elementsOf(toJson(value))}${order})${filterOf(present, predicateOf(predicate))}`;
    return { sql: `to_json(coalesce(flatten(${elements})[:${size}], []))`, type: 'dynamic' };
  }
  const list = `coalesce((list(${value.sql}${order})${filterOf(present, predicateOf(predicate))})[:${size}], [])`;
  if (value.type === 'dynamic') return { sql: `to_json(${list})`, type: 'dynamic' };
  return { sql: arraySql(list, value), type: 'dynamic' };
}

type Compile = (value: Expr, predicate: Expr | undefined, size: bigint, call: AggregateCall) => Expr;

function collection(name: string, hasPredicate: boolean, defaultSize: bigint, compile: Compile): AggregateFunction {
  const first = hasPredicate ? 2 : 1;
  return defineAggregate({
    name,
    arity: [first, first + 1],
    prelude: setPrelude,
    compile(args, call) {
      const [value] = args;
      if (!value) return call.fail('type', `${name} needs a value`);
      return compile(value, hasPredicate ? args[1] : undefined, sizeOf(args[first], defaultSize, call, first), call);
    },
  });
}

/** One bag of all bags. Of a key that several of them have, one value is kept: the first in the order of rows. */
function compileBag(value: Expr, predicate: Expr | undefined, size: bigint, call: AggregateCall): Expr {
  const json = convert(value, 'dynamic').sql;
  const order = call.rowOrder ? ` ORDER BY ${call.rowOrder}` : '';
  const filter = filterOf(`kql_is_bag(${json})`, predicateOf(predicate));
  const keys = `flatten(list(json_keys(${json})::VARCHAR[]${order})${filter})`;
  const values = `flatten(list(json_extract(${json}, '$.*')::JSON[]${order})${filter})`;
  const pairs = `list_zip(${keys}, ${values})`;
  const unique = `list_filter(${pairs}, lambda kql_p, kql_i: list_position(${keys}, kql_p[1]) = kql_i)[:${size}]`;
  const members = `list_transform(${unique}, lambda kql_p: to_json(kql_p[1])::VARCHAR || ':' || coalesce(kql_p[2]::VARCHAR, 'null'))`;
  return { sql: `('{' || coalesce(array_to_string(${members}, ','), '') || '}')::JSON`, type: 'dynamic' };
}

function bag(name: string, hasPredicate: boolean): AggregateFunction {
  return { ...collection(name, hasPredicate, largest, compileBag), prelude: bagPrelude };
}

export const collectionAggregates: AggregateFunction[] = [
  collection('make_set', false, largest, compileSet),
  collection('make_set_if', true, largest, compileSet),
  collection('makeset', false, 128n, compileSet),
  collection('make_list', false, largest, compileList),
  collection('make_list_if', true, largest, compileList),
  collection('makelist', false, 128n, compileList),
  collection('make_list_with_nulls', false, largest, (value, predicate, size, call) =>
    compileList(value, predicate, size, call, true),
  ),
  bag('make_bag', false),
  bag('make_bag_if', true),
  bag('make_dictionary', false),
];
