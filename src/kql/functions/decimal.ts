import type { ScriptFunction } from './define-function';

/** Digits behind the point, as SQL's DECIMAL(38,18) holds a decimal. */
const places = 18;
const one = 10n ** BigInt(places);

function toWhole(text: unknown): bigint | undefined {
  const found = typeof text === 'string' ? /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) : null;
  if (!found) return undefined;
  const [, sign, whole = '', part = ''] = found;
  const value = BigInt(`${whole}${part.padEnd(places, '0').slice(0, places)}` || '0');
  return sign ? -value : value;
}

function toText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** To the nearest, halves away from zero. */
function divided(value: bigint, by: bigint): bigint {
  const [a, b] = [value < 0n ? -value : value, by < 0n ? -by : by];
  const rounded = (2n * a + b) / (2n * b);
  return value < 0n === by < 0n ? rounded : -rounded;
}

function exact(name: string, run: (a: bigint, b: bigint) => bigint | undefined): ScriptFunction {
  return {
    name,
    parameters: ['VARCHAR', 'VARCHAR'],
    returns: 'VARCHAR',
    run(first, second) {
      const [a, b] = [toWhole(first), toWhole(second)];
      const result = a === undefined || b === undefined ? undefined : run(a, b);
      return result === undefined ? null : toText(result);
    },
  };
}

/** Products and quotients of decimals to all their digits: SQL's own would go by way of a double. */
export const decimalScripts: ScriptFunction[] = [
  exact('kql_decimal_times', (a, b) => divided(a * b, one)),
  exact('kql_decimal_by', (a, b) => (b === 0n ? undefined : divided(a * one, b))),
];

/** SQL of a product or quotient of two decimals; NULL where it has more than 20 digits before the point, or none. */
export function decimalSql(operator: '*' | '/', a: string, b: string): string {
  const name = operator === '*' ? 'kql_decimal_times' : 'kql_decimal_by';
  return `try_cast(${name}((${a})::VARCHAR, (${b})::VARCHAR) AS DECIMAL(38,18))`;
}
