import type { Expr, Json, NamedExpr } from '../expr';
import { toJson } from './convert';
import { type AggregateCall, type AggregateFunction, defineAggregate } from './define-function';

const exact = 'the nearest rank exactly, where Kusto estimates over large groups';

function noteExact(call: AggregateCall): void {
  call.note('Percentiles are exact here; Kusto estimates them, so large groups may differ slightly there.');
}

function checked(value: Expr | undefined, call: AggregateCall): Expr {
  if (!value) return call.fail('type', 'a percentile needs a value');
  if (value.type === 'dynamic' || value.type === 'string' || value.type === 'guid' || value.type === 'bool') {
    return call.fail('type', `a percentile of ${value.type} values cannot be computed: convert them first`, 0);
  }
  return value;
}

function rankOf(value: Json | bigint | undefined, call: AggregateCall, index: number): number {
  const rank = typeof value === 'bigint' || typeof value === 'string' ? Number(value) : value;
  if (typeof rank !== 'number' || Number.isNaN(rank))
    return call.fail('unsupported', 'the percentile must be a plain number', index);
  if (rank < 0 || rank > 100) return call.fail('type', 'a percentile lies between 0 and 100', index);
  return rank;
}

function ranksOf(args: Expr[], from: number, call: AggregateCall): number[] {
  const [first] = args.slice(from);
  const list = first?.constant?.value;
  if (Array.isArray(list)) return list.map((rank) => rankOf(rank, call, from));
  return args.slice(from).map((arg, index) => rankOf(arg.constant?.value, call, from + index));
}

function nameOf(rank: number, call: AggregateCall): string {
  return `percentile_${call.columnNames[0] ?? ''}_${String(rank).replace('.', '_')}`;
}

/** The rank as an exact decimal between 0 and 1: a double would move it past the value it falls on. */
function fraction(rank: number): string {
  return (rank / 100).toFixed(12).replace(/\.?0+$/, '');
}

/** The smallest value that at least `rank` percent of the values do not exceed. */
function plain(value: Expr, rank: number): Expr {
  return { sql: `quantile_disc(${value.sql}, ${fraction(rank)})`, type: value.type };
}

/** Sorted by value, the first whose running weight reaches the rank. */
function weighted(value: Expr, weight: Expr, rank: number): Expr {
  const pairs = `list_sort(list({'v': ${value.sql}, 'w': (${weight.sql})::BIGINT}) FILTER (WHERE ${value.sql} IS NOT NULL AND ${weight.sql} > 0))`;
  const total = `(sum((${weight.sql})::BIGINT) FILTER (WHERE ${value.sql} IS NOT NULL AND ${weight.sql} > 0))`;
  const running = `list_sum(list_transform(${pairs}[:kql_i], lambda kql_q: kql_q.w))`;
  return {
    sql: `(list_filter(${pairs}, lambda kql_p, kql_i: ${running} >= ${total} * ${fraction(rank)})[1]).v`,
    type: value.type,
  };
}

function one(name: string, isWeighted: boolean): AggregateFunction {
  const count = isWeighted ? 3 : 2;
  return defineAggregate({
    name,
    arity: [count, count],
    difference: exact,
    compile(args, call) {
      noteExact(call);
      const value = checked(args[0], call);
      const [rank] = ranksOf(args, count - 1, call);
      if (rank === undefined) return call.fail('type', `${name} needs a percentile`);
      const weight = args[1];
      return [
        { name: nameOf(rank, call), expr: isWeighted && weight ? weighted(value, weight, rank) : plain(value, rank) },
      ];
    },
  });
}

function several(name: string, isWeighted: boolean): AggregateFunction {
  const first = isWeighted ? 2 : 1;
  return defineAggregate({
    name,
    arity: [first + 1, 64],
    difference: exact,
    compile(args, call): NamedExpr[] {
      noteExact(call);
      const value = checked(args[0], call);
      const weight = args[1];
      return ranksOf(args, first, call).map((rank) => ({
        name: nameOf(rank, call),
        expr: isWeighted && weight ? weighted(value, weight, rank) : plain(value, rank),
      }));
    },
  });
}

function array(name: string, isWeighted: boolean): AggregateFunction {
  const first = isWeighted ? 2 : 1;
  return defineAggregate({
    name,
    arity: [first + 1, 64],
    difference: exact,
    compile(args, call): Expr {
      noteExact(call);
      const value = checked(args[0], call);
      const weight = args[1];
      const values = ranksOf(args, first, call).map((rank) =>
        toJson(isWeighted && weight ? weighted(value, weight, rank) : plain(value, rank)),
      );
      return { sql: `json_array(${values.join(', ')})`, type: 'dynamic' };
    },
  });
}

export const percentileAggregates: AggregateFunction[] = [
  one('percentile', false),
  one('percentilew', true),
  several('percentiles', false),
  several('percentilesw', true),
  array('percentiles_array', false),
  array('percentilesw_array', true),
];
