import type { Expr } from '../expr';
import { convert } from './convert';
import { ticksOf } from './datetime-parts';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantText } from './literal';
import { quoteText } from './quote-text';

const delimiters = ' /-:,._[]';

function padded(number: string, width: number): string {
  return width <= 1 ? `(${number})::VARCHAR` : `lpad((${number})::VARCHAR, ${width}, '0')`;
}

function fraction(ticks: string, width: number): string {
  return `left(lpad((${ticks} % 10000000)::VARCHAR, 7, '0'), ${width})`;
}

/** SQL of one run of a letter of a pattern, such as `yyyy`; undefined where the pattern language has no such run. */
type Specifier = (ticks: string, width: number) => string | undefined;

const datetimeSpecifiers: Record<string, Specifier> = {
  y: (t, width) =>
    width === 4
      ? padded(`year(kql_timestamp(${t}))`, 4)
      : width <= 2
        ? padded(`year(kql_timestamp(${t})) % 100`, width)
        : undefined,
  M: (t, width) => upTo(2, width, `month(kql_timestamp(${t}))`),
  d: (t, width) => upTo(2, width, `day(kql_timestamp(${t}))`),
  H: (t, width) => upTo(2, width, `${t} // 36000000000 % 24`),
  h: (t, width) => upTo(2, width, `(${t} // 36000000000 + 11) % 12 + 1`),
  m: (t, width) => upTo(2, width, `${t} // 600000000 % 60`),
  s: (t, width) => upTo(2, width, `${t} // 10000000 % 60`),
  f: (t, width) => (width <= 7 ? fraction(t, width) : undefined),
  F: (t, width) => (width <= 7 ? `rtrim(${fraction(t, width)}, '0')` : undefined),
  t: (t, width) => (width === 2 ? `(CASE WHEN ${t} // 36000000000 % 24 < 12 THEN 'AM' ELSE 'PM' END)` : undefined),
};

const timespanSpecifiers: Record<string, Specifier> = {
  d: (t, width) =>
    width <= 8
      ? `lpad((${t} // 864000000000)::VARCHAR, greatest(${width}, length((${t} // 864000000000)::VARCHAR))::INTEGER, '0')`
      : undefined,
  H: (t, width) => upTo(2, width, `${t} // 36000000000 % 24`),
  h: (t, width) => upTo(2, width, `${t} // 36000000000 % 24`),
  m: (t, width) => upTo(2, width, `${t} // 600000000 % 60`),
  s: (t, width) => upTo(2, width, `${t} // 10000000 % 60`),
  f: (t, width) => (width <= 7 ? fraction(t, width) : undefined),
  F: (t, width) => (width <= 7 ? `rtrim(${fraction(t, width)}, '0')` : undefined),
};

function upTo(most: number, width: number, number: string): string | undefined {
  return width <= most ? padded(number, width) : undefined;
}

function compileFormat(specifiers: Record<string, Specifier>, ticks: string, format: Expr, call: CallSite): Expr {
  const pattern = constantText(format);
  if (pattern === undefined) return call.fail('unsupported', 'the format must be a plain text', 1);
  const pieces = (pattern.match(/([a-zA-Z])\1*|[^a-zA-Z]+/g) ?? []).map((piece) => {
    const letter = piece[0] ?? '';
    if (!/[a-zA-Z]/.test(letter)) {
      const wrong = Array.from(piece).find((character) => !delimiters.includes(character));
      return wrong
        ? call.fail('type', `"${wrong}" cannot stand in a format: only letters and ${delimiters}`, 1)
        : quoteText(piece);
    }
    const sql = Object.hasOwn(specifiers, letter) ? specifiers[letter]?.(ticks, piece.length) : undefined;
    return (
      sql ??
      call.fail('type', `"${piece}" is no part of a format: letters are ${Object.keys(specifiers).join(', ')}`, 1)
    );
  });
  if (pieces.length === 0) return call.fail('type', 'the format is empty', 1);
  return { sql: `coalesce(${pieces.join(' || ')}, '')`, type: 'string' };
}

export const formatFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'format_datetime',
    arity: [2, 2],
    compile: ([value, format], call) =>
      value && format
        ? compileFormat(datetimeSpecifiers, ticksOf(value), format, call)
        : call.fail('type', 'format_datetime needs a datetime and a format'),
  }),
  defineScalar({
    name: 'format_timespan',
    arity: [2, 2],
    compile: ([value, format], call) =>
      value && format
        ? compileFormat(timespanSpecifiers, `abs(${convert(value, 'timespan').sql})`, format, call)
        : call.fail('type', 'format_timespan needs a timespan and a format'),
  }),
];
