import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { orderOf, settled, staged, stretch } from './row-window';

/** Within rows whose gaps are small, sessions that grow longer than the first distance are cut one after the other: so many rows at most. */
const longest = 5000;

/** The first instant of the session that the last of these rows belongs to. */
function sessionStart(list: unknown, distance: unknown): bigint | null {
  if (typeof list !== 'string' || typeof distance !== 'bigint') return null;
  let start: bigint | undefined;
  for (const text of list.split(',')) {
    const at = BigInt(text);
    if (start === undefined || at - start > distance) start = at;
  }
  return start ?? null;
}

const script: ScriptFunction = {
  name: 'kql_session_start',
  parameters: ['VARCHAR', 'BIGINT'],
  returns: 'BIGINT',
  run: sessionStart,
};

/**
 * A session ends where the next row is further away than `between`, where `restart` is true, or where the row is
 * further than `fromFirst` from the session's first.
 */
function compileSession([time, fromFirst, between, restart]: Expr[], call: CallSite): Expr {
  if (!time || !fromFirst || !between)
    return call.fail('type', 'row_window_session needs a datetime and two timespans');
  const order = orderOf('row_window_session', call);
  const parts = stretch(restart, order, call);
  const at = settled({ sql: convert(time, 'datetime').sql, type: 'datetime' }, call);
  const gap = `${at.sql} - lag(${at.sql}) OVER (${parts}ORDER BY ${order})`;
  const begins = staged({ sql: `coalesce(${gap} > ${between.sql}, true)::INTEGER`, type: 'long' }, call);
  const run = staged({ sql: `sum(${begins.sql}) OVER (${parts}ORDER BY ${order})`, type: 'long' }, call);
  const window = parts === '' ? `PARTITION BY ${run.sql}` : `${parts.trim()}, ${run.sql}`;
  const first = staged({ sql: `min(${at.sql}) OVER (${window})`, type: 'datetime' }, call);
  const last = staged({ sql: `max(${at.sql}) OVER (${window})`, type: 'datetime' }, call);
  const rows = staged({ sql: `count(*) OVER (${window})`, type: 'long' }, call);
  const before = staged(
    {
      sql: `CASE WHEN ${last.sql} - ${first.sql} > ${fromFirst.sql} THEN CASE WHEN ${rows.sql} > ${longest} THEN error('row_window_session: more than ${longest} rows without a gap are not supported') ELSE string_agg(${at.sql}::VARCHAR, ',') OVER (${window} ORDER BY ${order}) END END`,
      type: 'string',
    },
    call,
  );
  return {
    sql: `(CASE WHEN ${before.sql} IS NULL THEN ${first.sql} ELSE kql_session_start(${before.sql}, ${fromFirst.sql}) END)`,
    type: 'datetime',
  };
}

export const sessionFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'row_window_session',
    arity: [3, 4],
    window: true,
    scripts: [script],
    difference: `sessions cut by their distance from the first row: up to ${longest} rows without a gap`,
    compile: compileSession,
  }),
];
