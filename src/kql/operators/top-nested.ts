import type { Context, Environment, Scope } from '../context';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { nameColumns, type Relation, type RelationColumn } from '../relation';
import { resultName } from '../result-name';
import type { Operator } from './define-operator';
import { rowCount } from './take';

export const topNested: Operator = {
  name: 'top-nested',
  kind: 'TopNestedOperator',
  compile(node, input, env, context) {
    const rows: Relation = { ...input, from: context.define(input.from, false) };
    const levels = listOf(node, 'Clauses').map((clause) => levelOf(clause, rows, env, context));
    const columns = nameColumns(levels.flatMap((level) => [level.key, level.value]));
    let above: { from: string; columns: RelationColumn[] } | undefined;
    for (const [i, level] of levels.entries()) {
      const [key, value] = [columns[2 * i], columns[2 * i + 1]];
      if (!key || !value) continue;
      above = {
        from: descend(level, i, key, value, rows.from, levels, above),
        columns: [...(above?.columns ?? []), key, value],
      };
    }
    return { from: above?.from ?? rows.from, columns, sorted: false };
  },
};

interface Level {
  key: { name: string; type: RelationColumn['type']; sql: string };
  value: { name: string; type: RelationColumn['type']; sql: string };
  order: string;
  limit: string | undefined;
}

/** The best keys of one level for each group of the level above, with the columns of the levels above in front. */
function descend(
  level: Level,
  place: number,
  key: RelationColumn,
  value: RelationColumn,
  rows: string,
  levels: Level[],
  above: { from: string; columns: RelationColumn[] } | undefined,
): string {
  const keysAbove = above?.columns.filter((_, i) => i % 2 === 0) ?? [];
  const inherited = above?.columns.map((column) => `a.${column.sql}`) ?? [];
  const parts = levels.slice(0, place + 1).map((one, i) => `${one.key.sql} AS "kql:key${i}"`);
  const source = `(SELECT *, ${parts.join(', ')} FROM ${rows}) AS s`;
  const meets = keysAbove.map((column, i) => `s."kql:key${i}" IS NOT DISTINCT FROM a.${column.sql}`).join(' AND ');
  const list = [...inherited, `s."kql:key${place}" AS ${key.sql}`, `${level.value.sql} AS ${value.sql}`].join(', ');
  const groups = Array.from({ length: inherited.length + 1 }, (_, i) => i + 1).join(', ');
  const grouped = `(SELECT ${list} FROM ${above ? `${source} JOIN ${above.from} AS a ON ${meets}` : source} GROUP BY ${groups})`;
  if (level.limit === undefined) return grouped;
  const within = keysAbove.length > 0 ? `PARTITION BY ${keysAbove.map((column) => column.sql).join(', ')} ` : '';
  return `(SELECT * FROM ${grouped} QUALIFY row_number() OVER (${within}ORDER BY ${value.sql} ${level.order}) <= ${level.limit})`;
}

function levelOf(clause: SyntaxNode, rows: Relation, env: Environment, context: Context): Level {
  const others = optionalPart(clause, 'WithOthersClause');
  if (others) context.fail(others, 'unsupported', '`with others` of `top-nested` is not supported yet');
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
    limit: number && sourceText(number) !== '' ? rowCount(number, env, context) : undefined,
  };
}
