import type { ColumnType } from '../../ports/query-engine';
import type { Context, Scope } from '../context';
import type { Expr } from '../expr';
import { convert, isNumber } from '../functions/convert';
import { decimalSql } from '../functions/decimal';
import { literal } from '../functions/literal';
import { part, type SyntaxNode, sourceText } from '../kusto';

type Operator = '+' | '-' | '*' | '/' | '%';

export const arithmeticOperators: Record<string, Operator> = {
  AddExpression: '+',
  SubtractExpression: '-',
  MultiplyExpression: '*',
  DivideExpression: '/',
  ModuloExpression: '%',
};

export function compileArithmetic(operator: Operator, node: SyntaxNode, scope: Scope, context: Context): Expr {
  const [left, right] = operands(
    context.expression(part(node, 'Left'), scope),
    context.expression(part(node, 'Right'), scope),
  );
  const result = apply(operator, left, right);
  if (!result) {
    return context.fail(node, 'type', `'${operator}' is not defined for ${left.type} and ${right.type}`);
  }
  return result;
}

export function compileSign(negative: boolean, node: SyntaxNode, scope: Scope, context: Context): Expr {
  const value = context.expression(part(node, 'Expression'), scope);
  if (!negative) return value;
  const known = value.constant?.value;
  if (typeof known === 'bigint' || typeof known === 'number') return literal(-known, value.type);
  if (value.type === 'dynamic') {
    const number = convert(value, 'real');
    return convert({ sql: `(-${number.sql})`, type: 'real' }, 'dynamic');
  }
  if (isNumber(value.type) || value.type === 'timespan') return { sql: `(-${value.sql})`, type: value.type };
  return context.fail(node, 'type', `'-' is not defined for ${value.type}: ${sourceText(node)}`);
}

/** A dynamic operand takes the other's type. */
function operands(left: Expr, right: Expr): [Expr, Expr] {
  if (left.type === 'dynamic' && right.type !== 'dynamic') return [convert(left, dynamicPartner(right.type)), right];
  if (right.type === 'dynamic' && left.type !== 'dynamic') return [left, convert(right, dynamicPartner(left.type))];
  return [left, right];
}

function dynamicPartner(type: ColumnType): ColumnType {
  return type === 'int' ? 'long' : type;
}

function apply(operator: Operator, left: Expr, right: Expr): Expr | undefined {
  if (left.type === 'dynamic' && right.type === 'dynamic') {
    const real = numbers(operator, convert(left, 'real'), convert(right, 'real'));
    return convert(real, 'dynamic');
  }
  if (isNumber(left.type) && isNumber(right.type)) return numbers(operator, left, right);
  return times(operator, left, right);
}

function numbers(operator: Operator, left: Expr, right: Expr): Expr {
  const type = [left.type, right.type].includes('decimal')
    ? 'decimal'
    : [left.type, right.type].includes('real')
      ? 'real'
      : 'long';
  const [a, b] = [inType(left, type), inType(right, type)];
  if (operator === '%') return { sql: modulo(a, b), type };
  if (operator === '/' && type === 'long') return { sql: `(${a} // ${b})`, type };
  if (type === 'decimal' && (operator === '*' || operator === '/')) return { sql: decimalSql(operator, a, b), type };
  return { sql: `(${a} ${operator} ${b})`, type };
}

function inType(value: Expr, type: ColumnType): string {
  if (value.type === type) return value.sql;
  return convert(value, type).sql;
}

/** Kusto's remainder is never negative. */
function modulo(a: string, b: string): string {
  return `(((${a} % ${b}) + abs(${b})) % ${b})`;
}

function times(operator: Operator, left: Expr, right: Expr): Expr | undefined {
  const [a, b] = [left.sql, right.sql];
  const pair = `${left.type}${operator}${right.type}`;
  switch (pair) {
    case 'datetime-datetime':
    case 'timespan+timespan':
    case 'timespan-timespan':
      return folded(operator, left, right, 'timespan') ?? { sql: `(${a} ${operator} ${b})`, type: 'timespan' };
    case 'datetime+timespan':
    case 'datetime-timespan':
    case 'timespan+datetime':
    case 'timespan-datetime':
      return folded(operator, left, right, 'datetime') ?? { sql: `(${a} ${operator} ${b})`, type: 'datetime' };
    case 'timespan/timespan':
      return { sql: `(${a}::DOUBLE / ${b})`, type: 'real' };
    case 'datetime%timespan':
    case 'timespan%timespan':
      return { sql: modulo(a, b), type: 'timespan' };
  }
  if (left.type === 'timespan' && isNumber(right.type)) return scaled(operator, a, right);
  if (right.type === 'timespan' && isNumber(left.type) && operator === '*') return scaled('*', b, left);
  return undefined;
}

function folded(operator: Operator, left: Expr, right: Expr, type: ColumnType): Expr | undefined {
  const [a, b] = [left.constant?.value, right.constant?.value];
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return undefined;
  return literal(operator === '+' ? a + b : a - b, type);
}

function scaled(operator: Operator, ticks: string, factor: Expr): Expr | undefined {
  const whole = factor.type === 'int' || factor.type === 'long';
  if (operator === '%') return { sql: modulo(ticks, factor.sql), type: 'timespan' };
  if (operator !== '*' && operator !== '/') return undefined;
  if (whole) return { sql: `(${ticks} ${operator === '/' ? '//' : '*'} ${factor.sql})`, type: 'timespan' };
  return { sql: `CAST(trunc(${ticks} ${operator} ${factor.sql}::DOUBLE) AS BIGINT)`, type: 'timespan' };
}
