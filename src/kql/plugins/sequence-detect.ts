import type { NamedExpr } from '../expr';
import { callArguments } from '../expressions/call-parts';
import { kindOf, part, type SyntaxNode, simpleName } from '../kusto';
import { createProjection, project } from '../projection';
import { selectFrom } from '../relation';
import { constantTicks } from './activity-rows';
import type { Plugin } from './define-plugin';

/** Every series of rows that meet the steps one after the other, each within a time of the one before it, for one value of the dimensions. */
export const sequenceDetect: Plugin = {
  name: 'sequence_detect',
  difference: 'rows of the same instant count as one behind the other; equal sequences are given once',
  compile(_node, call, input, env, context) {
    const [timeNode, stepNode, spanNode, ...rest] = callArguments(call);
    if (!timeNode || !stepNode || !spanNode)
      return context.fail(
        call,
        'type',
        '`sequence_detect` takes a time, two spans, the steps and what correlates them',
      );
    const scope = { columns: input.columns, env };
    const isStep = (node: SyntaxNode) =>
      context.expression(kindOf(node) === 'SimpleNamedExpression' ? part(node, 'Expression') : node, scope).type ===
      'bool';
    const steps = rest.filter(isStep);
    if (steps.length < 2) return context.fail(call, 'type', '`sequence_detect` needs two steps or more');
    const time = context.expression(timeNode, scope);
    const [gap, span] = [constantTicks(stepNode, env, context), constantTicks(spanNode, env, context)];
    const dimensions = createProjection();
    project(
      rest.filter((node) => !steps.includes(node)),
      dimensions,
      scope,
      context,
    );
    const keys = dimensions.items.map((_, i) => `"kql:d${i + 1}"`);
    const tests = steps.map((node) =>
      context.condition(kindOf(node) === 'SimpleNamedExpression' ? part(node, 'Expression') : node, scope),
    );
    const list = [
      `${time.sql} AS "kql:time"`,
      'row_number() OVER () AS "kql:row"',
      ...dimensions.items.map(({ expr }, i) => `${expr.sql} AS ${keys[i]}`),
      ...tests.map((test, i) => `coalesce(${test}, false) AS "kql:s${i + 1}"`),
    ];
    const rows = context.define(`(SELECT ${list.join(', ')} FROM ${input.from})`, true);
    const joins = steps.map((_, i) => {
      const step = `(SELECT * FROM ${rows} WHERE "kql:s${i + 1}") AS s${i + 1}`;
      if (i === 0) return step;
      const same = keys.map((key) => `s${i + 1}.${key} IS NOT DISTINCT FROM s1.${key}`);
      const apart = Array.from({ length: i }, (_one, before) => `s${i + 1}."kql:row" <> s${before + 1}."kql:row"`);
      const near = [
        `s${i + 1}."kql:time" BETWEEN s${i}."kql:time" AND s${i}."kql:time" + ${gap}`,
        `s${i + 1}."kql:time" <= s1."kql:time" + ${span}`,
      ];
      return `JOIN ${step} ON ${[...same, ...near, ...apart].join(' AND ')}`;
    });
    const items: NamedExpr[] = [
      ...dimensions.items.map(({ name, expr }, i) => ({ name, expr: { sql: `s1.${keys[i]}`, type: expr.type } })),
      ...steps.map((node, i) => ({
        name: `${kindOf(node) === 'SimpleNamedExpression' ? simpleName(part(node, 'Name')) : ''}_${simpleName(timeNode)}`,
        expr: { sql: `s${i + 1}."kql:time"`, type: time.type },
      })),
      { name: 'Duration', expr: { sql: `(s${steps.length}."kql:time" - s1."kql:time")`, type: 'timespan' } },
    ];
    const projection = createProjection();
    for (const { name, expr } of items) projection.add(name, expr);
    return selectFrom(joins.join(' '), projection.items, { distinct: true });
  },
};
