import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantInteger, constantText, literal } from './literal';
import { quoteText } from './quote-text';
import { replaceStringsFunctions } from './replace-strings';

function onText(name: string, sqlOf: (text: string) => string, type: 'string' | 'long'): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return { sql: sqlOf(toText(value)), type };
    },
  });
}

/** No text is longer; SQL's own functions take no larger places. */
const furthest = 2_147_483_647n;

/** A negative start counts from the end; a length past the end gives what there is. */
function compileSubstring([source, start, length]: Expr[], call: CallSite): Expr {
  if (!source || !start) return call.fail('type', 'substring needs a text and a start');
  const text = toText(source);
  const from = convert(start, 'long').sql;
  const known = constantInteger(start);
  const near = `greatest(least(${from}, ${furthest}), -${furthest})`;
  let first = `(CASE WHEN ${from} >= 0 THEN ${near} ELSE greatest(length(${text}) + ${near}, 0) END + 1)`;
  if (known !== undefined && known >= 0n) first = String(known < furthest ? known + 1n : furthest);
  else if (known !== undefined) first = `(greatest(length(${text}) - ${known > -furthest ? -known : furthest}, 0) + 1)`;
  if (!length) return { sql: `coalesce(substr(${text}, ${first}), '')`, type: 'string' };
  return {
    sql: `coalesce(substr(${text}, ${first}, least(greatest(${convert(length, 'long').sql}, 0), 2147483647)), '')`,
    type: 'string',
  };
}

/** Of constants a constant, because patterns and formats must be known and are often put together. */
function compileStrcat(args: Expr[]): Expr {
  const known = args.map(constantText);
  if (known.every((text, index) => text !== undefined && args[index]?.type === 'string'))
    return literal(known.join(''), 'string');
  return { sql: `(${args.map(toText).join(' || ')})`, type: 'string' };
}

function compileStrcatDelim([delimiter, ...values]: Expr[], call: CallSite): Expr {
  if (!delimiter) return call.fail('type', 'strcat_delim needs a delimiter');
  return { sql: `(${values.map(toText).join(` || ${toText(delimiter)} || `)})`, type: 'string' };
}

function compileRepeat([value, count, delimiter]: Expr[], call: CallSite): Expr {
  if (!value || !count) return call.fail('type', 'strrep needs a value and how often');
  const text = toText(value);
  const times = `least(greatest(${convert(count, 'long').sql}, 0), 1024)`;
  if (!delimiter) return { sql: `coalesce(repeat(${text}, ${times}), '')`, type: 'string' };
  return {
    sql: `(CASE WHEN ${times} > 0 THEN repeat(${text} || ${toText(delimiter)}, ${times} - 1) || ${text} ELSE '' END)`,
    type: 'string',
  };
}

function compileTranslate([search, replacement, source]: Expr[], call: CallSite): Expr {
  if (!search || !replacement || !source) return call.fail('type', 'translate needs three texts');
  const from = constantText(search);
  const to = constantText(replacement);
  if (from === undefined || to === undefined)
    return call.fail('unsupported', 'translate needs its two lists as plain texts', 0);
  const padded = to.padEnd(from.length, to.slice(-1));
  return { sql: `translate(${toText(source)}, ${quoteText(from)}, ${quoteText(padded)})`, type: 'string' };
}

export const textFunctions: ScalarFunction[] = [
  onText('strlen', (text) => `length(${text})`, 'long'),
  onText('string_size', (text) => `strlen(${text})`, 'long'),
  onText('toupper', (text) => `upper(${text})`, 'string'),
  onText('tolower', (text) => `lower(${text})`, 'string'),
  onText('reverse', (text) => `reverse(${text})`, 'string'),
  defineScalar({ name: 'substring', arity: [2, 3], compile: compileSubstring }),
  defineScalar({ name: 'strcat', arity: [1, 64], compile: compileStrcat }),
  defineScalar({ name: 'strcat_delim', arity: [2, 65], compile: compileStrcatDelim }),
  defineScalar({ name: 'strrep', arity: [2, 3], compile: compileRepeat }),
  defineScalar({ name: 'translate', arity: [3, 3], compile: compileTranslate }),
  ...replaceStringsFunctions,
  defineScalar({
    name: 'replace_string',
    arity: [3, 3],
    compile: ([source, lookup, rewrite], call) =>
      source && lookup && rewrite
        ? { sql: `replace(${toText(source)}, ${toText(lookup)}, ${toText(rewrite)})`, type: 'string' }
        : call.fail('type', 'replace_string needs three texts'),
  }),
  defineScalar({
    name: 'strcmp',
    arity: [2, 2],
    compile: ([a, b], call) =>
      a && b
        ? {
            sql: `(CASE WHEN ${toText(a)} = ${toText(b)} THEN 0 WHEN ${toText(a)} < ${toText(b)} THEN -1 ELSE 1 END)::BIGINT`,
            type: 'long',
          }
        : call.fail('type', 'strcmp needs two texts'),
  }),
];
