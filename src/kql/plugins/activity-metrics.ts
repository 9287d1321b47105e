import type { NamedExpr } from '../expr';
import { callArguments } from '../expressions/call-parts';
import { selectFrom } from '../relation';
import { type ActivityRows, activityRows, constantTicks, isConstant } from './activity-rows';
import type { Plugin } from './define-plugin';

const exact = 'distinct values are counted exactly, where Kusto estimates';

/** Counts of each window: rows, values, values that no earlier window had, and values of all windows so far. */
export const activityCountsMetrics: Plugin = {
  name: 'activity_counts_metrics',
  difference: exact,
  compile(_node, call, input, env, context) {
    const rows = activityRows(call, callArguments(call).slice(5), 4, input, env, context);
    const { by, over } = keysOf(rows);
    const first = `SELECT *, min("kql:bin") OVER (PARTITION BY ${['"kql:id"', ...over].join(', ')}) AS "kql:first" FROM ${rows.from}`;
    const counts = [
      'count(*) AS "kql:n"',
      'count(DISTINCT "kql:id") AS "kql:values"',
      'count(DISTINCT "kql:id") FILTER (WHERE "kql:bin" = "kql:first") AS "kql:new"',
    ];
    const counted = `(SELECT ${[...by, ...counts].join(', ')} FROM (${first}) GROUP BY ${by.join(', ')})`;
    const partition = over.length > 0 ? `PARTITION BY ${over.join(', ')} ` : '';
    return selectFrom(counted, [
      ...keyItems(rows),
      long('count', '"kql:n"'),
      long('dcount', '"kql:values"'),
      long('new_dcount', '"kql:new"'),
      long('aggregated_dcount', `(sum("kql:new") OVER (${partition}ORDER BY "kql:bin"))::BIGINT`),
    ]);
  },
};

/** Each window beside the one before it. */
export const activityMetrics: Plugin = {
  name: 'activity_metrics',
  difference: `${exact}; the start and the end must be given`,
  compile(_node, call, input, env, context) {
    const given = callArguments(call);
    const [, , third, fourth] = given;
    if (!third || !fourth || !given[4] || !isConstant(fourth, input, env, context))
      return context.fail(
        call,
        'unsupported',
        '`activity_metrics` is supported with a start and an end before the window',
      );
    const rows = activityRows(call, given.slice(5), 4, input, env, context);
    const { by, over } = keysOf(rows);
    const seen = context.define(`(SELECT DISTINCT ${['"kql:id"', ...by].join(', ')} FROM ${rows.from})`, true);
    const sizes = `(SELECT ${by.join(', ')}, count(*) AS "kql:size" FROM ${seen} GROUP BY ${by.join(', ')})`;
    const same = over.map((one) => `AND p.${one} IS NOT DISTINCT FROM c.${one}`).join(' ');
    const before = `p."kql:bin" = c."kql:bin" - ${rows.window} ${same}`;
    const back = `${seen} AS c LEFT JOIN ${seen} AS p ON p."kql:id" = c."kql:id" AND ${before}`;
    const current = `(SELECT ${by.map((one) => `c.${one}`).join(', ')}, count(*) AS "kql:values", count(p."kql:id") AS "kql:back" FROM ${back} GROUP BY ${by.map((one) => `c.${one}`).join(', ')})`;
    const joined = `(SELECT c.*, p."kql:size" FROM ${current} AS c LEFT JOIN ${sizes} AS p ON ${before})`;
    const retention = `coalesce("kql:back"::DOUBLE / "kql:size", 'NaN'::DOUBLE)`;
    return selectFrom(joined, [
      ...keyItems(rows),
      long('dcount_values', '"kql:values"'),
      long('dcount_newvalues', '("kql:values" - "kql:back")'),
      real('retention_rate', retention),
      real('churn_rate', `(1 - ${retention})`),
    ]);
  },
};

/** Those first seen in one window, looked for in that and each later one. */
export const newActivityMetrics: Plugin = {
  name: 'new_activity_metrics',
  difference: `${exact}; a window in which nobody is new gives no rows`,
  compile(_node, call, input, env, context) {
    const rest = callArguments(call).slice(5);
    const last = rest.at(-1);
    const lookback = last && context.isTabular(last, env) ? last : undefined;
    if (lookback) rest.pop();
    const [head] = rest;
    const cohort = head && isConstant(head, input, env, context) ? head : undefined;
    if (cohort) rest.shift();
    const rows = activityRows(call, rest, 4, input, env, context);
    const { by, over } = keysOf(rows);
    const known = lookback ? context.tabular(lookback, env) : undefined;
    const idColumn =
      known?.columns.find(({ name }) => name === callArguments(call)[0]?.ToString(0).trim()) ?? known?.columns[0];
    const old = known && idColumn ? `"kql:id" IN (SELECT ${idColumn.sql} FROM ${known.from})` : 'false';
    const seen = context.define(
      `(SELECT DISTINCT ${['"kql:id"', ...by].join(', ')}, CASE WHEN ${old} THEN ${rows.start - 1n} ELSE min("kql:bin") OVER (PARTITION BY ${['"kql:id"', ...over].join(', ')}) END AS "kql:first" FROM ${rows.from})`,
      true,
    );
    const wanted = cohort
      ? `"kql:first" = ${binOf(constantTicks(cohort, env, context), rows)}`
      : `"kql:first" >= ${rows.start}`;
    const cohorts = `(SELECT ${['"kql:first"', ...over].join(', ')}, count(DISTINCT "kql:id") AS "kql:size" FROM ${seen} WHERE ${wanted} GROUP BY ${['"kql:first"', ...over].join(', ')})`;
    const windows = `(SELECT ${rows.start} + unnest(range((${rows.end} - ${rows.start}) // ${rows.window} + 1)) * ${rows.window} AS "kql:to")`;
    const same = over.map((one) => `AND s.${one} IS NOT DISTINCT FROM c.${one}`).join(' ');
    const keys = ['"kql:first"', '"kql:to"', '"kql:size"', ...over.map((one) => `c.${one}`)].map((one) =>
      one === '"kql:first"' || one === '"kql:size"' ? `c.${one}` : one,
    );
    const retained = 'count(s."kql:id") FILTER (WHERE s."kql:first" = c."kql:first")';
    const fresh =
      'count(s."kql:id") FILTER (WHERE s."kql:first" > c."kql:first" OR (s."kql:first" = c."kql:first" AND "kql:to" = c."kql:first"))';
    const pairs = `(SELECT ${keys.join(', ')}, ${retained} AS "kql:kept", ${fresh} AS "kql:new" FROM ${cohorts} AS c JOIN ${windows} AS w ON "kql:to" >= c."kql:first" LEFT JOIN ${seen} AS s ON s."kql:bin" = "kql:to" ${same} GROUP BY ${keys.join(', ')})`;
    const retention = '("kql:kept"::DOUBLE / "kql:size")';
    const { name, type } = rows.time;
    return selectFrom(pairs, [
      { name: `from_${name}`, expr: { sql: '"kql:first"', type } },
      { name: `to_${name}`, expr: { sql: '"kql:to"', type } },
      ...rows.dimensions,
      long('dcount_new_values', '"kql:new"'),
      long('dcount_retained_values', '"kql:kept"'),
      long('dcount_churn_values', '("kql:size" - "kql:kept")'),
      real('retention_rate', retention),
      real('churn_rate', `(1 - ${retention})`),
    ]);
  },
};

/** Values that were seen in so many periods of the time before one of their appearances. */
export const activeUsersCount: Plugin = {
  name: 'active_users_count',
  difference: exact,
  compile(_node, call, input, env, context) {
    const given = callArguments(call);
    const [lookbackNode, periodNode, leastNode] = given.slice(4, 7);
    if (!lookbackNode || !periodNode || !leastNode)
      return context.fail(
        call,
        'type',
        '`active_users_count` takes an id, a time, start, end, lookback, period, a number of periods and a bin',
      );
    const rows = activityRows(call, given.slice(8), 7, input, env, context);
    const { by, over } = keysOf(rows);
    const [lookback, period] = [constantTicks(lookbackNode, env, context), constantTicks(periodNode, env, context)];
    const least = constantTicks(leastNode, env, context);
    if (lookback <= 0n || period <= 0n)
      return context.fail(lookbackNode, 'type', 'the lookback and the period must be longer than nothing');
    const same = over.map((one) => `AND b.${one} IS NOT DISTINCT FROM a.${one}`).join(' ');
    const within = `b."kql:id" = a."kql:id" ${same} AND b."kql:time" > a."kql:time" - ${lookback} AND b."kql:time" <= a."kql:time"`;
    const keys = ['a."kql:id"', 'a."kql:time"', ...by.map((one) => `a.${one}`)].join(', ');
    const periods = `count(DISTINCT (b."kql:time" - ((b."kql:time" % ${period}) + ${period}) % ${period}))`;
    const active = `(SELECT ${keys} FROM (SELECT DISTINCT * FROM ${rows.from}) AS a JOIN ${rows.all} AS b ON ${within} GROUP BY ${keys} HAVING ${periods} >= ${least})`;
    return selectFrom(active, [...keyItems(rows), long('dcount', 'count(DISTINCT "kql:id")')], {
      tail: `GROUP BY ${by.join(', ')}`,
    });
  },
};

function keysOf({ dimensions }: ActivityRows): { by: string[]; over: string[] } {
  const over = dimensions.map(({ expr }) => expr.sql);
  return { by: ['"kql:bin"', ...over], over };
}

function keyItems({ time, dimensions }: ActivityRows): NamedExpr[] {
  return [{ name: time.name, expr: { sql: '"kql:bin"', type: time.type } }, ...dimensions];
}

function binOf(time: bigint, { start, window }: ActivityRows): bigint {
  return start + ((time - start) / window) * window;
}

function long(name: string, sql: string): NamedExpr {
  return { name, expr: { sql, type: 'long' } };
}

function real(name: string, sql: string): NamedExpr {
  return { name, expr: { sql, type: 'real' } };
}
