import type { Context, Scope } from '../context';
import type { Expr } from '../expr';
import { findColumn } from '../find-column';
import { convert } from '../functions/convert';
import { literal } from '../functions/literal';
import { kindOf, listOf, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import type { RelationColumn } from '../relation';
import { arithmeticOperators, compileArithmetic, compileSign } from './arithmetic';
import { compileCall } from './calls';
import { compileBetween, compileEquality, compileOrdering, compileTilde, orderings } from './comparisons';
import { compilePath } from './dynamic-path';
import { compileHasList, compileIn, inOperators } from './lists';
import { compileLiteral, isLiteral } from './literals';
import { rememberJsonText } from './path-text';
import { compileMatchesRegex, compileStringOperator, stringOperator } from './string-operators';
import { allHold } from './tests-of-text';

/** One value of a row. */
export function compileExpression(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const kind = kindOf(node);
  if (isLiteral(node)) return compileLiteral(node, context);
  const arithmetic = arithmeticOperators[kind];
  if (arithmetic) return compileArithmetic(arithmetic, node, scope, context);
  const ordering = orderings[kind];
  if (ordering) return compileOrdering(ordering, node, scope, context);
  const inOperator = inOperators[kind];
  if (inOperator) return compileIn(inOperator, node, scope, context, true);
  const text = stringOperator(kind);
  if (text) return compileStringOperator(text, node, scope, context);
  switch (kind) {
    case 'NameReference':
      return compileName(node, scope, context);
    case 'ParenthesizedExpression':
      return context.expression(part(node, 'Expression'), scope);
    case 'FunctionCallExpression':
      return compileCall(node, scope, context);
    case 'PathExpression':
    case 'ElementExpression':
      return compilePath(node, scope, context);
    case 'UnaryMinusExpression':
    case 'UnaryPlusExpression':
      return compileSign(kind === 'UnaryMinusExpression', node, scope, context);
    case 'AndExpression':
    case 'OrExpression':
      return compileLogic(kind === 'AndExpression' ? 'AND' : 'OR', node, scope, context);
    case 'EqualExpression':
    case 'NotEqualExpression':
      return compileEquality(kind === 'NotEqualExpression', node, scope, context, true);
    case 'EqualTildeExpression':
    case 'BangTildeExpression':
      return compileTilde(kind === 'BangTildeExpression', node, scope, context);
    case 'BetweenExpression':
    case 'NotBetweenExpression':
      return compileBetween(kind === 'NotBetweenExpression', node, scope, context);
    case 'HasAnyExpression':
    case 'HasAllExpression':
      return compileHasList(kind === 'HasAllExpression', node, scope, context);
    case 'MatchesRegexExpression':
      return compileMatchesRegex(node, scope, context);
    case 'ToScalarExpression':
      return compileToScalar(node, scope, context);
    case 'TypeOfLiteralExpression':
      return literal(listOf(node, 'Types').map(sourceText).join(', '), 'string');
    case 'SimpleNamedExpression':
      return context.expression(part(node, 'Expression'), scope);
    case 'StarExpression':
      return context.fail(node, 'unsupported', '`*` can stand before has, contains, startswith and their like only');
  }
  if (/^(Not)?Like/.test(kind))
    return context.fail(
      node,
      'unsupported',
      '`like` is not supported; write contains, startswith, endswith or matches regex',
    );
  return context.fail(node, 'unsupported', `\`${sourceText(node).slice(0, 60)}\` is not supported yet`);
}

/** SQL of a filter, in which null counts as false: simpler than the exact value, and DuckDB can push it down. */
export function compileCondition(node: SyntaxNode, scope: Scope, context: Context): string {
  return allHold(compileConditions(node, scope, context));
}

/** The conditions of a filter that are joined by `and`, in each of which null counts as false. */
export function compileConditions(node: SyntaxNode, scope: Scope, context: Context): Expr[] {
  const kind = kindOf(node);
  const inOperator = inOperators[kind];
  if (inOperator) return [compileIn(inOperator, node, scope, context, false)];
  switch (kind) {
    case 'ParenthesizedExpression':
      return compileConditions(part(node, 'Expression'), scope, context);
    case 'AndExpression':
      return operands(node, kind).flatMap((one) => compileConditions(one, scope, context));
    case 'OrExpression': {
      const sides = operands(node, kind).map((one) => compileCondition(one, scope, context));
      return [{ sql: `(${sides.join(' OR ')})`, type: 'bool' }];
    }
    case 'EqualExpression':
    case 'NotEqualExpression':
      return [compileEquality(kind === 'NotEqualExpression', node, scope, context, false)];
  }
  const value = compileExpression(node, scope, context);
  return [value.type === 'bool' ? value : convert(value, 'bool')];
}

function compileLogic(operator: 'AND' | 'OR', node: SyntaxNode, scope: Scope, context: Context): Expr {
  const sides = operands(node, kindOf(node)).map((one) => truth(context.expression(one, scope)));
  return { sql: `(${sides.join(` ${operator} `)})`, type: 'bool' };
}

/** The operands of a chain such as `a and b and c`, flat: a long chain must not nest deeply in SQL. */
function operands(node: SyntaxNode, kind: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let rest = node;
  while (kindOf(rest) === kind) {
    found.unshift(part(rest, 'Right'));
    rest = part(rest, 'Left');
  }
  return [rest, ...found];
}

function truth(expr: Expr): string {
  return expr.type === 'bool' ? expr.sql : convert(expr, 'bool').sql;
}

function compileName(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const name = simpleName(node);
  const column = findColumn(scope.columns, name, context);
  if (column) return columnValue(column, scope);
  const binding = scope.env.get(name);
  if (binding?.kind === 'scalar') return binding.expr;
  if (binding?.kind === 'function') {
    const result = context.callFunction(binding, node, scope);
    if ('expr' in result) return result.expr;
  }
  if (binding || context.table(name)) return context.fail(node, 'type', `${name} is a table, where a value is needed`);
  return context.fail(node, 'unknown-name', `there is no column or value named ${name} here`);
}

function columnValue({ sql, type, jsonText }: RelationColumn, scope: Scope): Expr {
  const value: Expr = { sql, type };
  if (jsonText && scope.columns.includes(jsonText)) rememberJsonText(value, { sql: jsonText.sql, type: 'string' });
  return value;
}

/** A single value out of a table: computed once, whatever the number of places it is used at. */
function compileToScalar(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const inner = part(node, 'Expression');
  if (!context.isTabular(inner, scope.env)) return context.expression(inner, scope);
  const relation = context.tabular(inner, scope.env);
  const [column] = relation.columns;
  if (!column) return context.fail(node, 'type', 'toscalar needs a table with a column');
  const name = context.define(`(SELECT ${column.sql} AS value FROM ${relation.from} LIMIT 1)`, true);
  const value = `(SELECT value FROM ${name})`;
  return { sql: column.type === 'string' ? `coalesce(${value}, '')` : value, type: column.type };
}
