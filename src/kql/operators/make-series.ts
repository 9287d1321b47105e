import type { ColumnType } from '../../ports/query-engine';
import type { Context, Environment, Scope } from '../context';
import type { Expr, NamedExpr } from '../expr';
import { convert } from '../functions/convert';
import { literal, nullOf } from '../functions/literal';
import { kindOf, listOf, optionalPart, parameterText, part, type SyntaxNode } from '../kusto';
import { createProjection, project } from '../projection';
import { type Relation, selectFrom } from '../relation';
import type { Operator } from './define-operator';

/** Points of one series: past this the query is refused rather than the memory filled. */
const longestSeries = 1_048_576;

export const makeSeries: Operator = {
  name: 'make-series',
  kind: 'MakeSeriesOperator',
  compile(node, input, env, context) {
    const source: Relation = { ...input, from: context.define(input.from, false) };
    const rows: Scope = { columns: input.columns, env };
    const by = optionalPart(node, 'ByClause');
    const keys = createProjection();
    if (by) project(listOf(by, 'Expressions'), keys, rows, context);
    const axis = createProjection();
    project([part(part(node, 'OnClause'), 'Expression')], axis, rows, context);
    const [on] = axis.items;
    if (!on) return context.fail(node, 'syntax', '`make-series` needs an axis');
    if (!/^(datetime|timespan|int|long|real|decimal)$/.test(on.expr.type))
      return context.fail(part(node, 'OnClause'), 'type', `the axis must be a time or a number, not ${on.expr.type}`);
    const series = seriesOf(node, rows, context);
    const grid = gridOf(node, on.expr, source, env, context);

    const names = (prefix: string, items: unknown[]) => items.map((_, i) => `${prefix}${i}`);
    const keyNames = names('key', keys.items);
    const valueNames = names('value', series);
    const keyList = keys.items.map((item, i) => `${item.expr.sql} AS ${keyNames[i]}, `).join('');
    const index = `(${on.expr.sql} - ${grid.start}) ${grid.real ? '/' : '//'} ${grid.step}`;
    const place = grid.real ? `CAST(floor(${index}) AS BIGINT)` : index;
    const aggregates = series.map((one, i) => `${one.expr.sql} AS ${valueNames[i]}`).join(', ');
    const inside = `${on.expr.sql} >= ${grid.start} AND ${on.expr.sql} ${grid.inclusive ? '<=' : '<'} ${grid.end}`;
    const group = ['place', ...keyNames].map((_, i) => i + 1).join(', ');
    const binned = context.define(
      `(SELECT ${keyList}${place} AS place, ${aggregates} FROM ${source.from} WHERE ${inside} GROUP BY ${group})`,
      true,
    );
    const nonEmpty = parameterText(node, 'kind')?.toLowerCase() === 'nonempty' && keyNames.length === 0;
    const groups = nonEmpty
      ? '(SELECT 1)'
      : `(SELECT DISTINCT ${keyNames.length > 0 ? keyNames.join(', ') : '1'} FROM ${binned})`;
    const places = `(SELECT unnest(range(least(${grid.count}, ${longestSeries + 1}))) AS i)`;
    const meets = ['b.place = p.i', ...keyNames.map((name) => `b.${name} IS NOT DISTINCT FROM g.${name}`)].join(
      ' AND ',
    );
    const from = `${groups} AS g CROSS JOIN ${places} AS p LEFT JOIN ${binned} AS b ON ${meets}`;

    const point: Expr = {
      sql: grid.real ? `(${grid.start} + p.i * ${grid.step})` : `(${grid.start} + p.i * ${grid.step})`,
      type: on.expr.type,
    };
    const items: NamedExpr[] = keys.items.map((item, i) => ({
      name: item.name,
      expr: { sql: `g.${keyNames[i]}`, type: item.expr.type },
    }));
    for (const [i, one] of series.entries()) {
      const value = `(CASE WHEN b.place IS NULL THEN ${one.fallback.sql} ELSE b.${valueNames[i]} END)`;
      items.push({ name: one.name, expr: arrayOf({ sql: value, type: one.expr.type }) });
    }
    items.push({ name: on.name, expr: arrayOf(point) });
    const taken = createProjection();
    for (const item of items) taken.add(item.name, item.expr);
    const tail =
      keyNames.length > 0 ? `GROUP BY ${keyNames.map((name) => `g.${name}`).join(', ')}` : 'HAVING count(*) > 0';
    return selectFrom(from, taken.items, { tail });
  },
};

/** The values in the order of the axis. A series that is too long ends the query with an error. */
function arrayOf(value: Expr): Expr {
  const list = `to_json(list(${convert(value, 'dynamic').sql} ORDER BY p.i))`;
  return {
    sql: `CASE WHEN count(*) > ${longestSeries} THEN error('a series has more than ${longestSeries} points') ELSE ${list} END`,
    type: 'dynamic',
  };
}

interface Series extends NamedExpr {
  fallback: Expr;
}

function seriesOf(node: SyntaxNode, rows: Scope, context: Context): Series[] {
  const scope: Scope = { columns: [], env: rows.env, aggregates: { rows, grouped: new Set() } };
  return listOf(node, 'Aggregates').flatMap((one) => {
    const projection = createProjection();
    project([part(one, 'Expression')], projection, scope, context);
    const given = optionalPart(one, 'DefaultExpression');
    return projection.items.map((item) => {
      const fallback = given
        ? convert(context.expression(part(given, 'Expression'), { columns: [], env: rows.env }), item.expr.type)
        : zero(item.expr.type);
      return { ...item, fallback };
    });
  });
}

function zero(type: ColumnType): Expr {
  if (type === 'real' || type === 'decimal') return literal(type === 'real' ? 0 : '0', type);
  return type === 'int' || type === 'long' || type === 'timespan' ? literal(0n, type) : nullOf(type);
}

interface Grid {
  start: string;
  end: string;
  step: string;
  count: string;
  /** The end itself is a point. */
  inclusive: boolean;
  real: boolean;
}

function gridOf(node: SyntaxNode, on: Expr, source: Relation, env: Environment, context: Context): Grid {
  const clause = part(node, 'RangeClause');
  const inRange = kindOf(clause) === 'MakeSeriesInRangeClause';
  const [first, last, size] = inRange
    ? listOf(part(clause, 'Arguments'), 'Expressions')
    : [
        expressionOf(optionalPart(clause, 'MakeSeriesFromClause')),
        expressionOf(optionalPart(clause, 'MakeSeriesToClause')),
        expressionOf(optionalPart(clause, 'MakeSeriesStepClause')),
      ];
  if (!size) return context.fail(clause, 'syntax', '`make-series` needs a step');
  const value = (one: SyntaxNode, type: ColumnType) => convert(context.expression(one, { columns: [], env }), type).sql;
  const stepType = on.type === 'datetime' ? 'timespan' : on.type;
  const real = on.type === 'real' || on.type === 'decimal';
  const step = value(size, stepType);
  const floor = (x: string) =>
    real ? `(floor(${x} / ${step}) * ${step})` : `(${x} - ((${x} % ${step}) + ${step}) % ${step})`;
  const least = `(SELECT min(${on.sql}) FROM ${source.from})`;
  const start = first ? value(first, on.type) : floor(least);
  const end = last ? value(last, on.type) : `(SELECT max(${on.sql}) FROM ${source.from})`;
  const inclusive = inRange || last === undefined;
  const steps = `(${end} - ${start}) / ${step}::DOUBLE`;
  const count = `coalesce(CAST(greatest(0, ${inclusive ? `floor(${steps}) + 1` : `ceil(${steps})`}) AS BIGINT), 0)`;
  return { start, end, step, count, inclusive, real };
}

function expressionOf(clause: SyntaxNode | undefined): SyntaxNode | undefined {
  return clause && part(clause, 'Expression');
}
