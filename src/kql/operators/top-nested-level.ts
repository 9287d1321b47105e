import type { Context, Environment, Scope } from '../context';
import { convert } from '../functions/convert';
import { kindOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import type { Relation, RelationColumn } from '../relation';
import { resultName } from '../result-name';
import { rowCount } from './take';

/** One `top-nested 3 of key by aggregate`. */
export interface Level {
  key: { name: string; type: RelationColumn['type']; sql: string };
  value: { name: string; type: RelationColumn['type']; sql: string };
  order: string;
  limit: string | undefined;
  /** SQL of the key of the row that stands for the rest. */
  others: string | undefined;
}

export function levelOf(clause: SyntaxNode, rows: Relation, env: Environment, context: Context): Level {
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
