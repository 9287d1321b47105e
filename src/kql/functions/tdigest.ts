import type { ColumnType } from '../../ports/query-engine';
import type { Expr } from '../expr';
import { filterOf } from './aggregate-filter';
import { convert, toJson, toText } from './convert';
import {
  type AggregateCall,
  type AggregateFunction,
  type CallSite,
  defineAggregate,
  defineScalar,
  type ScalarFunction,
  type ScriptFunction,
} from './define-function';
import { parseRawJson, printRawJson } from './raw-json';

/** Different values that one digest may hold. */
const most = 1_000_000;

/** A digest is [["tdigest", type], [values in order], [how often each]]; datetimes and timespans stand in it as ticks. */
interface Digest {
  type: string;
  values: string[];
  weights: bigint[];
}

function parseDigest(text: unknown): Digest | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const json = parseRawJson(text);
  if (json.kind !== 'array') return undefined;
  const [head, values, weights] = json.items.map((item) =>
    item.kind === 'array' ? item.items.map(printRawJson) : undefined,
  );
  if (head?.[0] !== '"tdigest"' || !values || !weights || values.length !== weights.length) return undefined;
  return { type: String(JSON.parse(head[1] ?? '""')), values, weights: weights.map((weight) => BigInt(weight)) };
}

function printDigest({ type, values, weights }: Digest): string {
  return `[["tdigest","${type}"],[${values.join(',')}],[${weights.join(',')}]]`;
}

function isBelow(a: string, b: string, type: string): boolean {
  return type === 'real' ? Number(a) < Number(b) : BigInt(a) < BigInt(b);
}

/** One digest of all. Digests of different types cannot be compared. */
function mergeDigests(digests: Digest[]): Digest | undefined {
  const [first] = digests;
  if (!first) return undefined;
  if (digests.some((digest) => digest.type !== first.type))
    throw new Error('tdigest_merge: digests of values of different types cannot be merged');
  return digests.reduce((sum, next) => {
    const merged: Digest = { type: sum.type, values: [], weights: [] };
    let [i, j] = [0, 0];
    while (i < sum.values.length || j < next.values.length) {
      const [a, b] = [sum.values[i], next.values[j]];
      const takesFirst = a !== undefined && (b === undefined || !isBelow(b, a, sum.type));
      const isBoth = a !== undefined && b !== undefined && takesFirst && !isBelow(a, b, sum.type);
      merged.values.push((takesFirst ? a : b) ?? '0');
      merged.weights.push(
        (takesFirst ? (sum.weights[i] ?? 0n) : 0n) + (isBoth || !takesFirst ? (next.weights[j] ?? 0n) : 0n),
      );
      if (takesFirst) i++;
      if (isBoth || !takesFirst) j++;
    }
    if (merged.values.length > most) throw new Error(`tdigest: more than ${most} different values are not supported`);
    return merged;
  });
}

function runMerge(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const json = parseRawJson(text);
  const items = json.kind === 'array' ? json.items.map(printRawJson) : [];
  const digests = items.map(parseDigest).filter((digest) => digest !== undefined);
  const merged = mergeDigests(digests);
  return merged ? printDigest(merged) : null;
}

function totalOf({ weights }: Digest): bigint {
  return weights.reduce((sum, weight) => sum + weight, 0n);
}

/** The smallest value that at least `percent` of all do not exceed. */
function percentileOf(digest: Digest, percent: number): string | undefined {
  const total = totalOf(digest);
  const millionths = BigInt(Math.round(percent * 1_000_000));
  let running = 0n;
  for (const [index, weight] of digest.weights.entries()) {
    running += weight;
    if (running * 100_000_000n >= total * millionths) return digest.values[index];
  }
  return digest.values.at(-1);
}

function rankOf(digest: Digest, value: string): bigint {
  return digest.weights.reduce(
    (sum, weight, index) => (isBelow(value, digest.values[index] ?? '', digest.type) ? sum : sum + weight),
    0n,
  );
}

const mergeScript: ScriptFunction = {
  name: 'kql_tdigest_merge',
  parameters: ['VARCHAR'],
  returns: 'VARCHAR',
  run: runMerge,
};

const percentileScript: ScriptFunction = {
  name: 'kql_tdigest_percentile',
  parameters: ['VARCHAR', 'DOUBLE'],
  returns: 'VARCHAR',
  run(text, percent) {
    const digest = parseDigest(text);
    if (!digest || typeof percent !== 'number' || !(percent >= 0 && percent <= 100)) return null;
    return percentileOf(digest, percent) ?? null;
  },
};

const rankScript: ScriptFunction = {
  name: 'kql_tdigest_rank',
  parameters: ['VARCHAR', 'VARCHAR', 'BOOLEAN'],
  returns: 'DOUBLE',
  run(text, value, inPercent) {
    const digest = parseDigest(text);
    if (!digest || typeof value !== 'string' || !/^-?\d/.test(value)) return null;
    const wanted = digest.type === 'real' ? value : String(BigInt(Math.floor(Number(value))));
    const exact = /^-?\d+$/.test(value) ? value : wanted;
    const rank = Number(rankOf(digest, digest.type === 'real' ? value : exact));
    return inPercent === true ? (rank / Number(totalOf(digest))) * 100 : rank;
  },
};

const scripts = [mergeScript, percentileScript, rankScript];

const prelude = [
  `CREATE OR REPLACE MACRO kql_tdigest_value(j, raw) AS CASE j->>'$[0][1]' WHEN 'datetime' THEN to_json(kql_datetime_text(raw::BIGINT)) WHEN 'timespan' THEN to_json(kql_span_text(raw::BIGINT)) ELSE raw::JSON END`,
  `CREATE OR REPLACE MACRO kql_tdigest(kind, counts) AS CASE WHEN len(map_keys(counts)) > ${most} THEN error('tdigest: more than ${most} different values in one group are not supported; use percentile() over the rows') WHEN len(map_keys(counts)) > 0 THEN json_array(['tdigest', kind], map_keys(counts), map_values(counts)) END`,
  `CREATE OR REPLACE MACRO kql_tdigest_of(j) AS CASE WHEN j->>'$[0][0]' = 'tdigest' THEN j::VARCHAR END`,
];

const difference =
  'holds every different value with its weight, at most a million in a group, and so ranks exactly where Kusto estimates; its inner form is not Kusto’s. Decimals are held as reals';

const digestTypes: Partial<Record<ColumnType, ColumnType>> = {
  int: 'long',
  long: 'long',
  real: 'real',
  decimal: 'real',
  datetime: 'datetime',
  timespan: 'timespan',
};

function compileDigest([value, weight]: Expr[], call: AggregateCall): Expr {
  const type = value && digestTypes[value.type];
  if (!value || !type) return call.fail('type', `tdigest needs numbers, dates or timespans, not ${value?.type}`, 0);
  const held = `(${type === value.type ? value.sql : convert(value, type).sql})`;
  const finite = type === 'real' ? `isfinite(${held})` : undefined;
  if (!weight) {
    const counts = `histogram(${held})${filterOf(`${held} IS NOT NULL`, finite)}`;
    return { sql: `kql_tdigest('${type}', ${counts})`, type: 'dynamic' };
  }
  const times = convert(weight, 'long').sql;
  const filter = filterOf(`${held} IS NOT NULL`, finite, `${times} > 0`);
  const one = `json_array(['tdigest', '${type}'], [${held}], [${times}])`;
  return { sql: `kql_tdigest_merge(to_json(list(${one})${filter})::VARCHAR)::JSON`, type: 'dynamic' };
}

function mergeAggregate(name: string): AggregateFunction {
  return defineAggregate({
    name,
    arity: [1, 1],
    prelude,
    scripts,
    difference,
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs the digests of tdigest()`);
      const digest = `kql_tdigest_of(${toJson(value)})`;
      const list = `to_json(list(${digest}::JSON)${filterOf(`${digest} IS NOT NULL`)})`;
      return { sql: `kql_tdigest_merge(${list}::VARCHAR)::JSON`, type: 'dynamic' };
    },
  });
}

export const tdigestAggregates: AggregateFunction[] = [
  defineAggregate({ name: 'tdigest', arity: [1, 2], prelude, scripts, difference, compile: compileDigest }),
  mergeAggregate('tdigest_merge'),
  mergeAggregate('merge_tdigest'),
];

function mergeScalar(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 64],
    prelude,
    scripts,
    difference,
    compile: (args) => {
      const digests = args.map((arg) => `kql_tdigest_of(${toJson(arg)})::JSON`);
      return { sql: `kql_tdigest_merge(json_array(${digests.join(', ')})::VARCHAR)::JSON`, type: 'dynamic' };
    },
  });
}

function percentileSql(digest: Expr, percent: string): string {
  const json = toJson(digest);
  return `kql_tdigest_value(${json}, kql_tdigest_percentile(kql_tdigest_of(${json}), ${percent}))`;
}

const typeNames: Record<string, ColumnType> = {
  double: 'real',
  date: 'datetime',
  time: 'timespan',
  int: 'int',
  decimal: 'decimal',
};

function columnType(name: string): ColumnType {
  return typeNames[name] ?? Object.values(digestTypes).find((type) => type === name) ?? 'dynamic';
}

function compilePercentile([digest, percent, type]: Expr[], call: CallSite): Expr {
  if (!digest || !percent) return call.fail('type', 'percentile_tdigest needs a digest and a percentile');
  const value: Expr = { sql: percentileSql(digest, convert(percent, 'real').sql), type: 'dynamic' };
  return type ? convert(value, columnType(String(type.constant?.value))) : value;
}

function compilePercentiles([digest, ...percents]: Expr[], call: CallSite): Expr {
  const [first] = percents;
  if (!digest || !first) return call.fail('type', 'percentiles_array_tdigest needs a digest and percentiles');
  if (first.type === 'dynamic') {
    const list = `list_transform((${first.sql})::JSON[], lambda kql_p: ${percentileSql(digest, 'kql_dynamic_real(kql_p)')})`;
    return { sql: `to_json(${list})`, type: 'dynamic' };
  }
  const ranks = percents.filter((percent) => percent.type !== 'string');
  const values = ranks.map((percent) => percentileSql(digest, convert(percent, 'real').sql));
  return { sql: `json_array(${values.join(', ')})`, type: 'dynamic' };
}

function rank(name: string, inPercent: boolean): ScalarFunction {
  return defineScalar({
    name,
    arity: [2, 2],
    prelude,
    scripts,
    difference,
    compile([digest, value], call) {
      if (!digest || !value) return call.fail('type', `${name} needs a digest and a value`);
      const isTicks = value.type === 'datetime' || value.type === 'timespan';
      const text = isTicks ? `(${value.sql})::VARCHAR` : toText(value);
      return { sql: `kql_tdigest_rank(kql_tdigest_of(${toJson(digest)}), ${text}, ${inPercent})`, type: 'real' };
    },
  });
}

export const tdigestFunctions: ScalarFunction[] = [
  mergeScalar('tdigest_merge'),
  mergeScalar('merge_tdigest'),
  defineScalar({ name: 'percentile_tdigest', arity: [2, 3], prelude, scripts, difference, compile: compilePercentile }),
  defineScalar({
    name: 'percentiles_array_tdigest',
    arity: [2, 64],
    prelude,
    scripts,
    difference,
    compile: compilePercentiles,
  }),
  rank('rank_tdigest', false),
  rank('percentrank_tdigest', true),
];
