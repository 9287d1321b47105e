import type { Context, Environment, Scope } from '../context';
import { convert } from '../functions/convert';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { nameColumns, type Relation, type RelationColumn } from '../relation';
import { resultName } from '../result-name';
import type { Operator } from './define-operator';
import { rowCount } from './take';
import { withOthers } from './top-nested-others';

export const topNested: Operator = {
  name: 'top-nested',
  kind: 'TopNestedOperator',
  difference:
    'where nothing is left over, `with others` adds no row; the documentation does not say what Kusto does there',
  compile(node, input, env, context) {
    const rows: Relation = { ...input, from: context.define(input.from, false) };
    const levels = listOf(node, 'Clauses').map((clause) => levelOf(clause, rows, env, context));
    const columns = nameColumns(levels.flatMap((level) => [level.key, level.value]));
    if (levels.some((level) => level.others !== undefined)) return withOthers(levels, columns, rows, context);
    let above: string | undefined;
    for (const [i, level] of levels.entries()) above = descend(level, i, rows.from, levels, above);
    const list = columns.map((column, i) => `${i % 2 === 0 ? keyAt(i / 2) : valueAt((i - 1) / 2)} AS ${column.sql}`);
    return { from: `(SELECT ${list.join(', ')} FROM ${above})`, columns, sorted: false };
  },
};

const keyAt = (level: number) => `"kql:k${level}"`;
const valueAt = (level: number) => `"kql:v${level}"`;

export interface Level {
  key: { name: string; type: RelationColumn['type']; sql: string };
  value: { name: string; type: RelationColumn['type']; sql: string };
  order: string;
  limit: string | undefined;
  /** SQL of the key of the row that stands for the rest. */
  others: string | undefined;
}

/** The best keys of one level for each group of the level above, with the columns of the levels above in front. */
function descend(level: Level, place: number, rows: string, levels: Level[], above: string | undefined): string {
  const places = Array.from({ length: place }, (_, i) => i);
  const inherited = places.flatMap((i) => [`a.${keyAt(i)}`, `a.${valueAt(i)}`]);
  const parts = levels.slice(0, place + 1).map((one, i) => `${one.key.sql} AS "kql:key${i}"`);
  const source = `(SELECT *, ${parts.join(', ')} FROM ${rows}) AS s`;
  const meets = places.map((i) => `s."kql:key${i}" IS NOT DISTINCT FROM a.${keyAt(i)}`).join(' AND ');
  const own = [`s."kql:key${place}" AS ${keyAt(place)}`, `${level.value.sql} AS ${valueAt(place)}`];
  const groups = Array.from({ length: inherited.length + 1 }, (_, i) => i + 1).join(', ');
  const from = above === undefined ? source : `${source} JOIN ${above} AS a ON ${meets}`;
  const grouped = `(SELECT ${[...inherited, ...own].join(', ')} FROM ${from} GROUP BY ${groups})`;
  if (level.limit === undefined) return grouped;
  const within = place > 0 ? `PARTITION BY ${places.map(keyAt).join(', ')} ` : '';
  return `(SELECT * FROM ${grouped} QUALIFY row_number() OVER (${within}ORDER BY ${valueAt(place)} ${level.order}) <= ${level.limit})`;
}

function levelOf(clause: SyntaxNode, rows: Relation, env: Environment, context: Context): Level {
  const others = optionalPart(clause, 'WithOthersClause');
  const rest = others && context.expression(part(others, 'Expression'), { columns: [], env });
  const scope: Scope = { columns: rows.columns, env };
  const of = part(clause, 'OfExpression');
  const keyNode = kindOf(of) === 'SimpleNamedExpression' ? part(of, 'Expression') : of;
  const naming = { env, aggregates: false, columnNames: new Set(rows.columns.map((column) => column.name)) };
  const keyName = resultName(of, naming);
  if (keyName === undefined)
    return context.fail(of, 'unsupported', '`top-nested` needs a name for this expression: top-nested 3 of name = …');
  const key = context.expression(keyNode, scope);
  const by = part(clause, 'ByExpression');
  const ordered = kindOf(by) === 'OrderedExpression' ? part(by, 'Expression') : by;
  const named = kindOf(ordered) === 'SimpleNamedExpression';
  const aggregate = context.expression(named ? part(ordered, 'Expression') : ordered, {
    columns: [],
    env,
    aggregates: { rows: scope, grouped: new Set() },
  });
  const ordering = kindOf(by) === 'OrderedExpression' ? optionalPart(by, 'Ordering') : undefined;
  const ascending = ordering !== undefined && /^asc/i.test(sourceText(ordering));
  const number = optionalPart(clause, 'Expression');
  return {
    key: { name: keyName, type: key.type, sql: key.sql },
    value: {
      name: named ? simpleName(part(ordered, 'Name')) : `aggregated_${keyName}`,
      type: aggregate.type,
      sql: aggregate.sql,
    },
    order: ascending ? 'ASC NULLS FIRST' : 'DESC NULLS LAST',
    others: rest && convert(rest, key.type).sql,
    limit: number && sourceText(number) !== '' ? rowCount(number, env, context) : undefined,
  };
}
