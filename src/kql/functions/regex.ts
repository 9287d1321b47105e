import type { ColumnType } from '../../ports/query-engine';
import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { constantInteger, constantText, literal } from './literal';
import { quoteText } from './quote-text';
import { brokenRegex, captureGroups, toRe2 } from './regex-dialect';

/** SQL of a regex for DuckDB. Fails where a constant one uses what DuckDB's engine lacks. */
export function regexSql(regex: Expr, call: Pick<CallSite, 'fail'>, argument?: number): string {
  const text = constantText(regex);
  if (text === undefined) return toText(regex);
  const broken = brokenRegex(text);
  if (broken) return call.fail('type', `the regular expression has ${broken}`, argument);
  const { text: converted, missing } = toRe2(text);
  if (missing) return call.fail('unsupported', `${missing} in a regular expression is not supported`, argument);
  return quoteText(converted);
}

/** A regex anchored or wrapped: `before` and `after` stand around it as one group. */
export function wrappedRegexSql(before: string, regex: Expr, after: string, call: Pick<CallSite, 'fail'>): string {
  const text = constantText(regex);
  if (text !== undefined) return regexSql(literal(`${before}(?:${text})${after}`, 'string'), call);
  return `(${quoteText(`${before}(?:`)} || ${toText(regex)} || ${quoteText(`)${after}`)})`;
}

const columnTypes: Record<string, ColumnType> = {
  bool: 'bool',
  boolean: 'bool',
  int: 'int',
  long: 'long',
  real: 'real',
  double: 'real',
  decimal: 'decimal',
  string: 'string',
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  guid: 'guid',
  dynamic: 'dynamic',
};

/** The type that a `typeof(…)` argument names; string where it is absent. */
export function typeArgument(arg: Expr | undefined, call: CallSite, index: number): ColumnType {
  if (!arg) return 'string';
  const type = columnTypes[constantText(arg) ?? ''];
  return type ?? call.fail('type', 'typeof(…) with the name of a type is needed here', index);
}

function compileExtract([regex, group, source, type]: Expr[], call: CallSite): Expr {
  if (!regex || !group || !source)
    return call.fail('type', 'extract needs a regex, the number of a capture group and a text');
  const number = constantInteger(group);
  if (number === undefined) return call.fail('unsupported', 'extract needs its capture group as a plain number', 1);
  if (number < 0n || number > 9n) return call.fail('unsupported', 'extract knows capture groups 0 to 9', 1);
  const known = constantText(regex);
  if (known !== undefined && number > captureGroups(known).length) {
    return call.fail('type', `the regex has no capture group ${number}`, 1);
  }
  const text: Expr = { sql: `regexp_extract(${toText(source)}, ${regexSql(regex, call)}, ${number})`, type: 'string' };
  const wanted = typeArgument(type, call, 3);
  if (wanted === 'dynamic') return { sql: `kql_text_json(${text.sql})`, type: 'dynamic' };
  return convert(text, wanted);
}

function compileExtractAll(args: Expr[], call: CallSite): Expr {
  const [regex, chosen] = args;
  const source = args.at(-1);
  if (!regex || !chosen || !source) return call.fail('type', 'extract_all needs a regex and a text');
  const known = constantText(regex);
  if (known === undefined) return call.fail('unsupported', 'extract_all needs its regex as a plain text', 0);
  const names = captureGroups(known);
  if (names.length === 0) return call.fail('type', 'the regex of extract_all needs at least one capture group', 0);
  const wanted = args.length === 3 ? chosenGroups(chosen, names, call) : names.map((_name, index) => index + 1);
  if (wanted.some((number) => number > 9))
    return call.fail('unsupported', 'extract_all knows capture groups 0 to 9', 0);
  const text = toText(source);
  const lists = wanted.map((number) => `regexp_extract_all(${text}, ${regexSql(regex, call)}, ${number})`);
  const [only] = lists;
  if (lists.length === 1) return { sql: `to_json(nullif(${only}, []))`, type: 'dynamic' };
  const parts = wanted.map((_number, index) => `kql_p[${index + 1}]`).join(', ');
  return {
    sql: `to_json(nullif(list_transform(list_zip(${lists.join(', ')}), lambda kql_p: [${parts}]), []))`,
    type: 'dynamic',
  };
}

function chosenGroups(chosen: Expr, names: (string | undefined)[], call: CallSite): number[] {
  const list = chosen.constant?.value;
  if (!Array.isArray(list))
    return call.fail('unsupported', 'extract_all needs its capture groups as a constant array', 1);
  return list.map((group) => {
    const number = typeof group === 'string' ? names.indexOf(group) + 1 : Number(group);
    if (!Number.isInteger(number) || number < (typeof group === 'string' ? 1 : 0) || number > names.length) {
      return call.fail('type', `the regex has no capture group ${JSON.stringify(group)}`, 1);
    }
    return number;
  });
}

function replaceRegex(source: Expr, regex: Expr, rewrite: Expr, call: CallSite): Expr {
  return {
    sql: `regexp_replace(${toText(source)}, ${regexSql(regex, call)}, ${toText(rewrite)}, 'g')`,
    type: 'string',
  };
}

function compileTrim(before: boolean, after: boolean) {
  return ([regex, source]: Expr[], call: CallSite): Expr => {
    if (!regex || !source) return call.fail('type', 'a regex and a text are needed');
    let sql = toText(source);
    if (before) sql = `regexp_replace(${sql}, ${wrappedRegexSql('^', regex, '', call)}, '')`;
    if (after) sql = `regexp_replace(${sql}, ${wrappedRegexSql('', regex, '$', call)}, '')`;
    return { sql, type: 'string' };
  };
}

function compileCountOf([source, search, kind]: Expr[], call: CallSite): Expr {
  if (!source || !search) return call.fail('type', 'countof needs a text and what to count');
  const how = kind ? constantText(kind)?.toLowerCase() : 'normal';
  if (how === 'regex') {
    return { sql: `len(regexp_extract_all(${toText(source)}, ${regexSql(search, call)}))`, type: 'long' };
  }
  if (how !== 'normal') return call.fail('type', "countof's kind is 'normal' or 'regex'", 2);
  const known = constantText(search);
  if (known && !overlapsItself(known)) {
    const text = toText(source);
    const bytes = Buffer.byteLength(known);
    return { sql: `((strlen(${text}) - strlen(replace(${text}, ${search.sql}, ''))) // ${bytes})`, type: 'long' };
  }
  return { sql: `kql_count_of(${toText(source)}, ${toText(search)})`, type: 'long' };
}

/** Only then can two matches share characters, which countof counts both. */
function overlapsItself(text: string): boolean {
  for (let length = 1; length < text.length; length++) {
    if (text.startsWith(text.slice(-length))) return true;
  }
  return false;
}

function countOverlapping(text: unknown, search: unknown): bigint {
  if (typeof text !== 'string' || typeof search !== 'string' || search === '') return 0n;
  let count = 0n;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count++;
  return count;
}

const dialect = String.raw`\d, \w, \s and \b know ASCII letters and digits only`;

export const regexFunctions: ScalarFunction[] = [
  defineScalar({ name: 'extract', arity: [3, 4], difference: dialect, compile: compileExtract }),
  defineScalar({ name: 'extract_all', arity: [2, 3], difference: dialect, compile: compileExtractAll }),
  defineScalar({ name: 'extractall', arity: [2, 3], difference: dialect, compile: compileExtractAll }),
  defineScalar({
    name: 'replace_regex',
    arity: [3, 3],
    difference: dialect,
    compile: ([source, regex, rewrite], call) =>
      source && regex && rewrite
        ? replaceRegex(source, regex, rewrite, call)
        : call.fail('type', 'three texts are needed'),
  }),
  defineScalar({
    name: 'replace',
    arity: [3, 3],
    difference: dialect,
    compile: ([regex, rewrite, source], call) =>
      source && regex && rewrite
        ? replaceRegex(source, regex, rewrite, call)
        : call.fail('type', 'three texts are needed'),
  }),
  defineScalar({ name: 'trim', arity: [2, 2], compile: compileTrim(true, true) }),
  defineScalar({ name: 'trim_start', arity: [2, 2], compile: compileTrim(true, false) }),
  defineScalar({ name: 'trim_end', arity: [2, 2], compile: compileTrim(false, true) }),
  defineScalar({
    name: 'countof',
    arity: [2, 3],
    compile: compileCountOf,
    scripts: [{ name: 'kql_count_of', parameters: ['VARCHAR', 'VARCHAR'], returns: 'BIGINT', run: countOverlapping }],
  }),
  defineScalar({
    name: 'regex_quote',
    arity: [1, 1],
    compile: ([text], call) =>
      text
        ? { sql: `regexp_replace(${toText(text)}, '([\\\\.+*?()|\\[\\]{}^$#&~-])', '\\\\\\1', 'g')`, type: 'string' }
        : call.fail('type', 'regex_quote needs a text'),
  }),
];
