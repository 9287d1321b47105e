import type { ColumnType } from '../../ports/query-engine';
import { columnType } from '../column-type';
import type { Context, Environment } from '../context';
import type { Expr, NamedExpr } from '../expr';
import { convert } from '../functions/convert';
import { nullOf } from '../functions/literal';
import { bagOf } from '../functions/whole-row';
import { kindOf, listOf, optionalPart, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { namesIn } from '../names-in';
import { columnExprs, filtered, type Relation, selectFrom } from '../relation';
import type { Source } from './define-operator';
import { searchCondition } from './search';
import { legRelations, unionOf } from './union';

/** Rows of many tables in one: some columns as they are, the rest of each row in a bag. */
export const findSource: Source = {
  name: 'find',
  kind: 'FindOperator',
  difference:
    'pack_all() packs the columns that are not projected, as the examples of its documentation show; empty values are packed too',
  compile(node, env, context) {
    const away = optionalPart(node, 'ProjectAway');
    if (away) return context.fail(away, 'unsupported', '`find … project-away` is not supported; write | project-away');
    const condition = part(node, 'Condition');
    const tables = tablesOf(node, condition, env, context);
    const clause = optionalPart(node, 'Project');
    const given = clause ? listOf(clause, 'Columns') : [];
    const targets = given.length > 0 ? givenTargets(given, tables, context) : smartTargets(namesIn(condition), tables);
    const packs =
      given.length > 0
        ? given.some((one) => kindOf(one) === 'PackExpression')
        : tables.some((table) => unpacked(table, targets).length > 0);
    const legs = tables.map((relation, i) => {
      const leg = { relation, all: tables, env, cased: false };
      const rows = filtered(relation, `WHERE ${searchCondition(condition, leg, context)}`);
      const items = targets.map((target): NamedExpr => ({ name: target.name, expr: valueIn(relation, target) }));
      if (packs) items.push({ name: 'pack_', expr: { sql: bagOf(unpacked(relation, targets)), type: 'dynamic' } });
      return { source: relation.table ?? `union_arg${i}`, relation: selectFrom(rows.from, items) };
    });
    return unionOf(legs, {
      withSource: parameterText(node, 'withsource', 'with_source') ?? 'source_',
      tooWide: (message) => context.fail(node, 'limit', message),
    });
  },
};

interface Target {
  name: string;
  type: ColumnType;
  original: string;
  /** Columns of other types are converted, not left out. */
  converts: boolean;
}

/** The tables that have a column of the predicate: no row of the others can be found. */
function tablesOf(node: SyntaxNode, condition: SyntaxNode, env: Environment, context: Context): Relation[] {
  const clause = optionalPart(node, 'InClause');
  const all = clause
    ? listOf(clause, 'Expressions').flatMap((one) => legRelations(one, false, env, context))
    : [
        ...context.input.tables.map((table) => context.scan(table)),
        ...env.views().map((name) => context.view(name, node, env)),
      ];
  const names = namesIn(condition);
  const able = looksEverywhere(condition)
    ? all
    : all.filter(({ columns }) => columns.some((column) => names.has(column.name)));
  return able.length > 0 ? able : context.fail(node, 'unknown-name', 'no table here has a column of this predicate');
}

/** Whether the predicate asks for a term in any column. */
function looksEverywhere(condition: SyntaxNode): boolean {
  const kind = kindOf(condition);
  if (/^(Compound)?StringLiteralExpression$/.test(kind) || kind === 'StarExpression') return true;
  if (kind === 'ParenthesizedExpression') return looksEverywhere(part(condition, 'Expression'));
  if (kind === 'FunctionCallExpression' && simpleName(part(condition, 'Name')) === 'not')
    return listOf(part(condition, 'ArgumentList'), 'Expressions').some(looksEverywhere);
  const left = optionalPart(condition, 'Left');
  const right = optionalPart(condition, 'Right');
  if (!left || !right) return false;
  if (kind === 'AndExpression' || kind === 'OrExpression') return looksEverywhere(left) || looksEverywhere(right);
  return kindOf(left) === 'StarExpression';
}

/** The columns that the predicate names and those that all tables have: one for each type, as in a union. */
function smartTargets(names: Set<string>, tables: Relation[]): Target[] {
  const order = new Set(tables.flatMap(({ columns }) => columns.map((column) => column.name)));
  return [...order]
    .filter((name) => names.has(name) || tables.every((table) => table.columns.some((column) => column.name === name)))
    .flatMap((original) => {
      const types = typesOf(original, tables);
      return types.map((type) => ({
        name: types.length > 1 ? `${original}_${type}` : original,
        type,
        original,
        converts: false,
      }));
    });
}

function givenTargets(given: SyntaxNode[], tables: Relation[], context: Context): Target[] {
  return given
    .filter((one) => kindOf(one) !== 'PackExpression')
    .map((one) => {
      const typed = kindOf(one) === 'TypedColumnReference';
      const name = simpleName(typed ? part(one, 'Column') : one);
      const types = typesOf(name, tables);
      const type = typed ? columnType(sourceText(part(one, 'Type'))) : types[0];
      if (type === undefined)
        return context.fail(one, 'unknown-name', `none of the tables of this find has a column ${name}`);
      if (!typed && types.length > 1)
        return context.fail(one, 'type', `${name} is ${types.join(' or ')} here; say which, as in ${name}:${type}`);
      return { name, type, original: name, converts: typed };
    });
}

function typesOf(name: string, tables: Relation[]): ColumnType[] {
  const columns = tables.flatMap((table) => table.columns).filter((column) => column.name === name);
  return [...new Set(columns.map((column) => column.type))];
}

function valueIn(relation: Relation, { type, original, converts }: Target): Expr {
  const column = relation.columns.find((one) => one.name === original && (converts || one.type === type));
  return column ? convert({ sql: column.sql, type: column.type }, type) : nullOf(type);
}

function unpacked(relation: Relation, targets: Target[]): NamedExpr[] {
  return columnExprs(relation.columns.filter(({ name }) => !targets.some((target) => target.original === name)));
}
