import type { ColumnType } from '../../ports/query-engine';
import type { Context, Environment } from '../context';
import type { NamedExpr } from '../expr';
import { callArguments, callName } from '../expressions/call-parts';
import { kindOf, type SyntaxNode } from '../kusto';
import { createProjection, project } from '../projection';
import type { Relation } from '../relation';

/** Windows that one analysis may have: past this it is refused rather than the memory filled. */
const mostWindows = 100_000n;

/** Who was seen when, as the plugins of user activity take it: `id, time, start, end, window … [, dimension …]`. */
export interface ActivityRows {
  /** Rows of the time asked for, with `"kql:id"`, `"kql:bin"` (the start of the window) and the dimensions `"kql:d1"` …. */
  from: string;
  /** All rows, with `"kql:id"`, `"kql:time"` and the dimensions. */
  all: string;
  time: { name: string; type: ColumnType };
  dimensions: NamedExpr[];
  start: bigint;
  end: bigint;
  window: bigint;
}

/** Reads the first five arguments where they stand: `places` says which is the window. */
export function activityRows(
  call: SyntaxNode,
  dimensionNodes: SyntaxNode[],
  windowPlace: number,
  input: Relation,
  env: Environment,
  context: Context,
): ActivityRows {
  const given = callArguments(call);
  const [idNode, timeNode, startNode, endNode] = given;
  const windowNode = given[windowPlace];
  if (!idNode || !timeNode || !startNode || !endNode || !windowNode)
    return context.fail(call, 'type', `\`${callName(call)}\` takes an id, a time, a start, an end and a window`);
  const columns = createProjection();
  project([idNode, timeNode, ...dimensionNodes], columns, { columns: input.columns, env }, context);
  const [id, time, ...rest] = columns.items;
  if (!id || !time) return context.fail(call, 'type', `\`${callName(call)}\` needs columns`);
  const [start, end] = [constantTicks(startNode, env, context), constantTicks(endNode, env, context)];
  const window = constantTicks(windowNode, env, context);
  if (window <= 0n) return context.fail(windowNode, 'type', 'the window must be longer than nothing');
  if ((end - start) / window > mostWindows)
    return context.fail(windowNode, 'limit', `\`${callName(call)}\` has at most ${mostWindows} windows`);
  const dimensions = rest.map(
    ({ name, expr }, i): NamedExpr => ({ name, expr: { sql: `"kql:d${i + 1}"`, type: expr.type } }),
  );
  const list = rest.map(({ expr }, i) => `${expr.sql} AS "kql:d${i + 1}"`);
  const all = context.define(
    `(SELECT ${[`${id.expr.sql} AS "kql:id"`, `${time.expr.sql} AS "kql:time"`, ...list].join(', ')} FROM ${input.from})`,
    false,
  );
  const bin = `${start} + ("kql:time" - ${start}) // ${window} * ${window} AS "kql:bin"`;
  return {
    from: `(SELECT *, ${bin} FROM ${all} WHERE "kql:time" BETWEEN ${start} AND ${end})`,
    all,
    time: { name: time.name, type: time.expr.type },
    dimensions,
    start,
    end,
    window,
  };
}

/** A constant in whole units: ticks of a datetime or timespan, or a whole number. */
export function constantTicks(node: SyntaxNode, env: Environment, context: Context): bigint {
  const value = context.expression(node, { columns: [], env }).constant?.value;
  return typeof value === 'bigint' ? value : context.fail(node, 'unsupported', 'a constant is needed here');
}

/** Whether an argument is a value rather than a column or a table. */
export function isConstant(node: SyntaxNode, input: Relation, env: Environment, context: Context): boolean {
  if (context.isTabular(node, env)) return false;
  if (kindOf(node) === 'NameReference' && !env.get(node.ToString(0).trim())) return false;
  return context.expression(node, { columns: input.columns, env }).constant !== undefined;
}
