import type { Expr } from '../expr';
import { toText } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';

/** A string is never null in Kusto: isnull("") is false. */
function isNull(value: Expr): string {
  return value.type === 'string' ? 'false' : `(${value.sql} IS NULL)`;
}

function isEmpty(value: Expr): string {
  if (value.type === 'string') return `(${value.sql} = '')`;
  if (value.type === 'dynamic') return `(${toText(value)} = '')`;
  return isNull(value);
}

function test(name: string, sqlOf: (value: Expr) => string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return { sql: sqlOf(value), type: 'bool' };
    },
  });
}

export const nullTests: ScalarFunction[] = [
  test('isnull', isNull),
  test('isnotnull', (value) => `(NOT ${isNull(value)})`),
  test('notnull', (value) => `(NOT ${isNull(value)})`),
  test('isempty', isEmpty),
  test('isnotempty', (value) => `(NOT ${isEmpty(value)})`),
  test('notempty', (value) => `(NOT ${isEmpty(value)})`),
  test('isascii', (value) => `regexp_full_match(${toText(value)}, '[\\x00-\\x7F]*')`),
  test('isutf8', () => 'true'),
];
