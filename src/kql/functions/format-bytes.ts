import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

function formatBytes(size: unknown, precision: unknown, unit: unknown): string {
  if (typeof size !== 'number' || !Number.isFinite(size)) return '';
  const wanted = units.findIndex((one) => one.toUpperCase() === String(unit ?? '').toUpperCase());
  let power = wanted;
  if (power < 0) {
    power = 0;
    while (power < units.length - 1 && Math.abs(size) >= 1024 ** (power + 1)) power++;
  }
  const factor = 10 ** Math.min(Math.max(Number(precision ?? 0), 0), 15);
  const value = Math.round((size / 1024 ** power) * factor) / factor;
  return `${value} ${units[power]}`;
}

function compileBytes([size, precision, unit]: Expr[], call: CallSite): Expr {
  if (!size) return call.fail('type', 'format_bytes needs a number');
  const digits = precision ? convert(precision, 'long').sql : '0';
  return {
    sql: `kql_format_bytes(${convert(size, 'real').sql}, ${digits}, ${unit ? toText(unit) : "''"})`,
    type: 'string',
  };
}

export const formatBytesFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'format_bytes',
    arity: [1, 3],
    compile: compileBytes,
    scripts: [
      { name: 'kql_format_bytes', parameters: ['DOUBLE', 'BIGINT', 'VARCHAR'], returns: 'VARCHAR', run: formatBytes },
    ],
  }),
];
