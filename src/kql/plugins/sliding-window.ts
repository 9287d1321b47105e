import type { Context, Environment } from '../context';
import type { Expr, NamedExpr } from '../expr';
import { callArguments } from '../expressions/call-parts';
import { aggregateFunctions } from '../functions/registry';
import type { SyntaxNode } from '../kusto';
import { createProjection, project } from '../projection';
import { type Relation, selectFrom } from '../relation';
import type { Plugin } from './define-plugin';

/** Bins that one row may count in: past this the query is refused rather than the memory filled. */
const longestWindow = 10_000n;

/** Rows and distinct values of a window that ends with each bin of the range. A bin whose window is empty gives no row. */
export const slidingWindowCounts: Plugin = {
  name: 'sliding_window_counts',
  compile(_node, call, input, env, context) {
    const [idNode, timeNode, start, end, lookback, size, ...rest] = callArguments(call);
    if (!idNode || !timeNode || !start || !end || !lookback || !size)
      return context.fail(call, 'type', '`sliding_window_counts` takes a value, a time, start, end, window and bin');
    const [id] = columnsOf([idNode], input, env, context);
    const [time] = columnsOf([timeNode], input, env, context);
    if (!id || !time) return context.fail(call, 'type', '`sliding_window_counts` needs columns');
    const [from, to] = [ticks(start, env, context), ticks(end, env, context)];
    const [window, step] = [ticks(lookback, env, context), ticks(size, env, context)];
    if (step <= 0n || window <= 0n)
      return context.fail(size, 'type', 'the window and the bin must be longer than nothing');
    if (window % step !== 0n) return context.fail(lookback, 'unsupported', 'the window must be a multiple of the bin');
    const bin = `(${time.expr.sql} - ((${time.expr.sql} - ${from}) % ${step} + ${step}) % ${step})`;
    const counted = [
      { name: 'Count', expr: { sql: 'count(*)', type: 'long' } },
      { name: 'Dcount', expr: { sql: `count(DISTINCT ${id.expr.sql})`, type: 'long' } },
    ] satisfies NamedExpr[];
    const keys = columnsOf(rest, input, env, context);
    context.note('dcount() counts exactly here; Kusto estimates, so large counts may differ slightly there.');
    const places = { bin, step, bins: window / step, inside: `"kql:place" BETWEEN ${from} AND ${to}` };
    return windows({ name: time.name, type: time.expr.type }, keys, counted, places, input, call, context);
  },
};

/** A percentile of each bin and of so many bins before it. */
export const rollingPercentile: Plugin = {
  name: 'rolling_percentile',
  compile(_node, call, input, env, context) {
    const [valueNode, rankNode, timeNode, size, binsNode, ...rest] = callArguments(call);
    if (!valueNode || !rankNode || !timeNode || !size || !binsNode)
      return context.fail(
        call,
        'type',
        '`rolling_percentile` takes a value, a percentile, an index, a bin and a number of bins',
      );
    const [value] = columnsOf([valueNode], input, env, context);
    const [time] = columnsOf([timeNode], input, env, context);
    const rank = context.expression(rankNode, { columns: [], env });
    const percentile = aggregateFunctions.get('percentile');
    if (!value || !time || !percentile) return context.fail(call, 'type', '`rolling_percentile` needs columns');
    const [step, bins] = [ticks(size, env, context), ticks(binsNode, env, context)];
    if (step <= 0n || bins <= 0n)
      return context.fail(size, 'type', 'the bin and the number of bins must be more than nothing');
    const result = percentile.compile([value.expr, rank], {
      now: context.input.now,
      fail: (code, message) => context.fail(call, code, message),
      note: context.note,
      columnNames: [value.name],
      star: [],
      hasStar: false,
    });
    const [found] = Array.isArray(result) ? result : [];
    if (!found) return context.fail(call, 'internal', '`percentile` gives no column');
    const bin = `(${time.expr.sql} - (${time.expr.sql} % ${step} + ${step}) % ${step})`;
    const name = `rolling_${bins}_percentile_${value.name}_${String(rank.constant?.value ?? '').replace('.', '_')}`;
    const keys = columnsOf(rest, input, env, context);
    const last = `(SELECT max(${bin}) FROM ${input.from})`;
    const places = { bin, step, bins, inside: `"kql:place" <= ${last}` };
    return windows(
      { name: time.name, type: time.expr.type },
      keys,
      [{ name, expr: found.expr }],
      places,
      input,
      call,
      context,
    );
  },
};

/** Every row, once for each window that it is in, summarised by the last bin of the window and by the keys. */
function windows(
  axis: { name: string; type: Expr['type'] },
  keys: NamedExpr[],
  values: NamedExpr[],
  { bin, step, bins, inside }: { bin: string; step: bigint; bins: bigint; inside: string },
  input: Relation,
  call: SyntaxNode,
  context: Context,
): Relation {
  if (bins > longestWindow) return context.fail(call, 'limit', `a window has at most ${longestWindow} bins`);
  const spread = `(SELECT *, ${bin} + unnest(range(${bins})) * ${step} AS "kql:place" FROM ${input.from})`;
  const items = createProjection();
  items.add(axis.name, { sql: '"kql:place"', type: axis.type });
  for (const { name, expr } of [...keys, ...values]) items.add(name, expr);
  const groups = Array.from({ length: keys.length + 1 }, (_, i) => i + 1).join(', ');
  return selectFrom(spread, items.items, { tail: `WHERE ${inside} GROUP BY ${groups}` });
}

function columnsOf(nodes: SyntaxNode[], input: Relation, env: Environment, context: Context): NamedExpr[] {
  const projection = createProjection();
  project(nodes, projection, { columns: input.columns, env }, context);
  return projection.items;
}

function ticks(node: SyntaxNode, env: Environment, context: Context): bigint {
  const value = context.expression(node, { columns: [], env }).constant?.value;
  return typeof value === 'bigint' ? value : context.fail(node, 'unsupported', 'a constant is needed here');
}
