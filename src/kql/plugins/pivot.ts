import type { ColumnType } from '../../ports/query-engine';
import type { Context, Environment } from '../context';

import type { Expr, NamedExpr } from '../expr';
import { callArguments, callName } from '../expressions/call-parts';
import { convert, toText } from '../functions/convert';
import { nullOf } from '../functions/literal';
import { quoteText } from '../functions/quote-text';
import { kindOf, optionalPart, part, type SyntaxNode } from '../kusto';
import { namesIn } from '../names-in';
import { matchingColumns } from '../operators/column-patterns';
import { schemaColumns } from '../operators/datatable';
import { createProjection, type Projection } from '../projection';
import { type Relation, type RelationColumn, selectFrom } from '../relation';
import { createRowSource } from '../row-source';
import { mostColumns } from './bag-columns';
import type { Plugin } from './define-plugin';

/** Rows summarised by their other columns and by the value to turn; then a column for each value. */
export const pivot: Plugin = {
  name: 'pivot',
  difference: 'the new columns come in the order of their values; without a schema the rows before it are read twice',
  compile(node, call, input, env, context) {
    const [pivotNode] = callArguments(call);
    if (!pivotNode) return context.fail(call, 'type', '`pivot` takes the column to turn');
    const value = context.expression(pivotNode, { columns: input.columns, env });
    const cells = cellsOf(call, value, input, env, context);
    const clause = optionalPart(node, 'Schema');
    const projection = createProjection();
    if (clause) declared(part(clause, 'Schema'), cells, projection, context);
    else discovered(call, value, cells, input, projection, context);
    if (projection.items.length === 0) projection.add('Column1', nullOf('dynamic'));
    const by = cells.keys.map((one) => one.sql).join(', ');
    return selectFrom(cells.from, projection.items, { tail: by === '' ? 'HAVING count(*) > 0' : `GROUP BY ${by}` });
  },
};

interface Cells {
  /** One row for each combination of the keys and the value: the keys under their own names, `"kql:value"` and `"kql:cell"`. */
  from: string;
  keys: RelationColumn[];
  type: ColumnType;
  /** SQL of the aggregate over no rows. */
  empty: string;
}

function cellsOf(call: SyntaxNode, value: Expr, input: Relation, env: Environment, context: Context): Cells {
  const [, second, ...others] = callArguments(call);
  const aggregate = second && kindOf(second) === 'FunctionCallExpression' ? second : undefined;
  const named = aggregate ? others : second ? [second, ...others] : [];
  const rows = createRowSource(input);
  const scope = {
    columns: [],
    env,
    aggregates: { rows: { columns: input.columns, env, rows }, grouped: new Set<string>() },
  };
  const cell: Expr = aggregate ? context.expression(aggregate, scope) : { sql: 'count(*)', type: 'long' };
  const used = aggregate ? namesIn(aggregate) : new Set();
  const keys =
    named.length > 0
      ? named.flatMap((one) => matchingColumns(one, input, context))
      : input.columns.filter((column) => column.sql !== value.sql && !used.has(column.name));
  const list = [...keys.map((one) => one.sql), `${toText(value)} AS "kql:value"`, `${cell.sql} AS "kql:cell"`];
  const places = Array.from({ length: keys.length + 1 }, (_, i) => i + 1).join(', ');
  const none = context.define(`(SELECT ${cell.sql} AS value FROM ${rows.from} WHERE false)`, true);
  return {
    from: `(SELECT ${list.join(', ')} FROM ${rows.from} GROUP BY ${places})`,
    keys,
    type: cell.type,
    empty: none.startsWith('(') ? none : `(SELECT value FROM ${none})`,
  };
}

function declared(schema: SyntaxNode, cells: Cells, projection: Projection, context: Context): void {
  for (const { name, type } of schemaColumns(schema, context)) {
    const key = cells.keys.find((one) => one.name === name);
    projection.add(name, convert(key ? { sql: key.sql, type: key.type } : cellOf(name, cells), type));
  }
}

function discovered(
  call: SyntaxNode,
  value: Expr,
  cells: Cells,
  input: Relation,
  projection: Projection,
  context: Context,
): void {
  const answer = context.ask(call, {
    kind: 'rows',
    sql: `SELECT ${toText({ sql: 'v', type: value.type })} FROM (SELECT DISTINCT ${value.sql} AS v FROM ${input.from}) ORDER BY v NULLS FIRST`,
    columns: [{ name: 'value', type: 'string' }],
    most: mostColumns + 1,
  });
  const texts = answer.kind === 'unknown' ? undefined : [...new Set(answer.rows.map(([text]) => String(text)))];
  if (cells.keys.length + (texts?.length ?? 0) > mostColumns)
    context.fail(
      call,
      'limit',
      `\`pivot\` would give a table of more than ${mostColumns} columns: take the values you need first, as in where x in (…)`,
    );
  for (const { name, type, sql } of cells.keys) projection.add(name, { sql, type });
  const filled = texts?.filter((text) => text !== '');
  if (texts?.includes('')) {
    const name = projection.freeName(filled ?? []);
    projection.add(name, cellOf('', cells));
    context.note(`\`pivot\` put the rows that have no value for a column's name into ${name}.`);
  }
  if (filled) context.open.known(callName(call), filled);
  const taken = new Set(projection.items.map((item) => item.name));
  for (const name of filled ?? []) projection.add(name, cellOf(name, cells));
  for (const { name, type } of filled ? [] : context.open.assumed()) {
    const cell = cellOf(name, cells);
    if (!taken.has(name)) projection.add(name, cell.type === 'dynamic' ? convert(cell, type) : cell);
  }
}

function cellOf(text: string, { type, empty }: Cells): NamedExpr['expr'] {
  const found = `any_value("kql:cell") FILTER (WHERE "kql:value" = ${quoteText(text)})`;
  return { sql: `coalesce(${found}, ${empty}${type === 'string' ? ", ''" : ''})`, type };
}
