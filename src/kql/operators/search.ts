import type { Context, Environment } from '../context';
import type { Expr } from '../expr';
import { rowText, stringOperator, stringTest, termTest } from '../expressions/string-operators';
import { toText } from '../functions/convert';
import { literal, nullOf } from '../functions/literal';
import { kindOf, listOf, optionalPart, parameterText, part, type SyntaxNode, simpleName } from '../kusto';
import { filtered, type Relation, type RelationColumn } from '../relation';
import type { Operator, Source } from './define-operator';
import { legRelations, unionOf } from './union';

export const search: Operator = {
  name: 'search',
  kind: 'SearchOperator',
  compile: (node, input, env, context) => searchIn(node, [input], env, context),
};

export const searchSource: Source = {
  name: 'search',
  kind: 'SearchOperator',
  compile(node, env, context) {
    const clause = optionalPart(node, 'InClause');
    const tables = clause
      ? listOf(clause, 'Expressions').flatMap((one) => legRelations(one, false, env, context))
      : [
          ...context.input.tables.map((table) => context.scan(table)),
          ...env.views().map((name) => context.view(name, node, env)),
        ];
    if (tables.length === 0) return context.fail(node, 'unknown-name', 'there is no table to search in');
    return searchIn(node, tables, env, context);
  },
};

/** The columns of a table that later steps or the answer have; the search itself looks into all. */
function shownColumns({ table, columns }: Relation, node: SyntaxNode, context: Context): RelationColumn[] {
  const base = table === undefined ? undefined : context.table(table);
  if (!base) return columns;
  const shown = new Set(context.scan(base, node).columns.map((column) => column.name));
  return columns.filter((column) => shown.has(column.name));
}

function searchIn(node: SyntaxNode, tables: Relation[], env: Environment, context: Context): Relation {
  const cased = parameterText(node, 'kind')?.toLowerCase() === 'case_sensitive';
  const able = tables.filter((relation) => !lacksColumn(part(node, 'Condition'), relation));
  const legs = (able.length > 0 ? able : tables).map((relation, i) => {
    const row = { used: false };
    const leg: Leg = { relation, all: tables, env, cased, row };
    const condition = searchCondition(part(node, 'Condition'), leg, context);
    const from = row.used ? withRowText(relation) : relation.from;
    return {
      source: relation.table ?? `search_arg${i}`,
      relation: {
        ...filtered({ ...relation, from }, `WHERE ${condition}`),
        columns: shownColumns(relation, node, context),
        sorted: false,
      },
    };
  });
  return unionOf(legs, { withSource: '$table', tooWide: (message) => context.fail(node, 'limit', message) });
}

const positive =
  /^(Equal|EqualTilde|Search|Has|HasCs|HasPrefix|HasSuffix|Contains|ContainsCs|StartsWith|EndsWith|In|InCs|HasAny|HasAll|MatchesRegex|LessThan|LessThanOrEqual|GreaterThan|GreaterThanOrEqual|Between)Expression$/;

/** Whether no row of the table can be found, because the condition asks for the value of a column that the table does not have. */
function lacksColumn(condition: SyntaxNode, relation: Relation): boolean {
  if (kindOf(condition) === 'ParenthesizedExpression') return lacksColumn(part(condition, 'Expression'), relation);
  if (kindOf(condition) === 'AndExpression') {
    return lacksColumn(part(condition, 'Left'), relation) || lacksColumn(part(condition, 'Right'), relation);
  }
  if (!positive.test(kindOf(condition))) return false;
  const left = part(condition, 'Left');
  return kindOf(left) === 'NameReference' && !relation.columns.some((column) => column.name === simpleName(left));
}

interface Leg {
  relation: Relation;
  all: Relation[];
  env: Environment;
  cased: boolean;
  /** Where a column with the text of the whole row can be put beside the others; `used` says that it must. */
  row?: { used: boolean };
}

/** SQL of a condition of `search` or `find`, in which a text alone stands for a term in any column. */
export function searchCondition(node: SyntaxNode, leg: Leg, context: Context): string {
  switch (kindOf(node)) {
    case 'ParenthesizedExpression':
      return searchCondition(part(node, 'Expression'), leg, context);
    case 'AndExpression':
    case 'OrExpression': {
      const operator = kindOf(node) === 'AndExpression' ? 'AND' : 'OR';
      return `(${searchCondition(part(node, 'Left'), leg, context)} ${operator} ${searchCondition(part(node, 'Right'), leg, context)})`;
    }
    case 'StarExpression':
      return 'true';
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return anyTerm(node, leg, context);
    case 'SearchExpression': {
      const left = part(node, 'Left');
      const right = part(node, 'Right');
      if (kindOf(left) === 'StarExpression') return anyTerm(right, leg, context);
      return term(context.expression(left, scopeOf(leg)), right, leg, context);
    }
    case 'FunctionCallExpression':
      if (simpleName(part(node, 'Name')) === 'not') {
        const [inner] = listOf(part(node, 'ArgumentList'), 'Expressions');
        if (inner) return `(NOT coalesce(${searchCondition(inner, leg, context)}, false))`;
      }
  }
  const left = optionalPart(node, 'Left');
  if (left && kindOf(left) === 'StarExpression' && !stringOperator(kindOf(node)))
    return context.fail(left, 'unsupported', '`*` with an operator is not supported; write *:"text"');
  return context.condition(node, scopeOf(leg));
}

/** A column that only other tables have is null, or empty, here. */
function scopeOf(leg: Leg): { columns: RelationColumn[]; env: Environment } {
  const columns = [...leg.relation.columns];
  for (const { name, type } of leg.all.flatMap((relation) => relation.columns)) {
    if (!columns.some((column) => column.name === name)) columns.push({ name, type, sql: nullOf(type).sql });
  }
  return { columns, env: leg.env };
}

/** A column beyond the table's own: the text of its row, said once however often the condition asks for it. */
const rowColumn = '"kql:text"';

function withRowText({ from, columns }: Relation): string {
  return `(SELECT *, ${rowText(columns)?.sql} AS ${rowColumn} FROM ${from})`;
}

function anyTerm(node: SyntaxNode, leg: Leg, context: Context): string {
  const text = rowText(leg.relation.columns);
  if (!text) return 'false';
  if (!leg.row) return term(text, node, leg, context);
  leg.row.used = true;
  return term({ sql: rowColumn, type: 'string' }, node, leg, context);
}

/** `"a"` is a term, `"a*"` and `"*a"` its start and end, `"*a*"` any part; stars in the middle stand for any text. */
function term(column: Expr, node: SyntaxNode, leg: Leg, context: Context): string {
  const given = context.expression(node, { columns: [], env: leg.env });
  const text = toText(given);
  const known = given.constant ? String(given.constant.value ?? '') : undefined;
  const value: Expr = { sql: toText(column), type: 'string' };
  if (known === undefined) return stringTest('Has', value, { sql: text, type: 'string' }, leg.cased);
  const wanted = leg.cased ? known : known.toLowerCase();
  const bare = wanted.replace(/^\*+|\*+$/g, '');
  if (bare.includes('*')) return context.fail(node, 'unsupported', 'a star inside a term is not supported');
  if (bare === '') return 'true';
  const [starts, ends] = [wanted.startsWith('*'), wanted.endsWith('*')];
  if (starts && ends) return stringTest('Contains', value, literal(bare, 'string'), leg.cased);
  const folded = leg.cased ? value.sql : `lower(${value.sql})`;
  return termTest(folded, [bare], starts ? 'HasSuffix' : ends ? 'HasPrefix' : 'Has');
}
