import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { regexSql, wrappedRegexSql } from './regex';

function compileIndexOf([source, search, start, length, occurrence]: Expr[], call: CallSite): Expr {
  if (!source || !search) return call.fail('type', 'indexof needs a text and what to look for');
  if (!start) return { sql: `(instr(${toText(source)}, ${toText(search)}) - 1)`, type: 'long' };
  const numbers = [start, length, occurrence].map((arg, index) =>
    arg ? convert(arg, 'long').sql : index === 1 ? '-1' : '1',
  );
  return { sql: `kql_index_of(${toText(source)}, ${toText(search)}, ${numbers.join(', ')})`, type: 'long' };
}

/** Positions in characters, from 0; -1 where there is none; null for an impossible length or occurrence. The length counts anew behind each occurrence. */
function indexOf(text: unknown, search: unknown, start: unknown, length: unknown, occurrence: unknown): bigint | null {
  if (typeof text !== 'string' || typeof search !== 'string') return null;
  const size = Number(length);
  const wanted = Number(occurrence);
  if (size < -1 || wanted < 0) return null;
  const characters = Array.from(text);
  let from = Number(start);
  if (from < 0) from = Math.max(characters.length + from, 0);
  let at = -1;
  for (let found = 0; found < Math.max(wanted, 1); found++) {
    const end = size === -1 ? characters.length : Math.min(from + size, characters.length);
    const region = characters.slice(from, end).join('');
    const place = region.indexOf(search);
    if (place < 0) return -1n;
    at = from + Array.from(region.slice(0, place)).length;
    from = at + 1;
  }
  return BigInt(at);
}

function compileIndexOfRegex(args: Expr[], call: CallSite): Expr {
  const [source, regex] = args;
  if (!source || !regex) return call.fail('type', 'indexof_regex needs a text and a regex');
  if (args.length > 2) return compileRegexRegion(source, regex, args.slice(2), call);
  const text = toText(source);
  const before = `length(regexp_extract(${text}, ${wrappedRegexSql('^((?s:.*?))', regex, '', call)}, 1))`;
  return {
    sql: `(CASE WHEN regexp_matches(${text}, ${regexSql(regex, call)}) THEN ${before} ELSE -1 END)`,
    type: 'long',
  };
}

/** The place of one of several matches in a part of the text: what stands before each match, and the matches, add up. */
function compileRegexRegion(source: Expr, regex: Expr, [start, length, occurrence]: Expr[], call: CallSite): Expr {
  const number = (arg: Expr | undefined, missing: string) => (arg ? convert(arg, 'long').sql : missing);
  const [from, size, wanted] = [number(start, '0'), number(length, '-1'), number(occurrence, '1')];
  const text = `substr(${toText(source)}, greatest(${from}, 0) + 1)`;
  const region = `(CASE WHEN ${size} >= 0 THEN left(${text}, ${size}) ELSE ${text} END)`;
  const pattern = wrappedRegexSql('((?s:.*?))', regex, '', call);
  const count = `greatest(${wanted}, 1)`;
  const lengths = (group: number) =>
    `list_transform(regexp_extract_all(${region}, ${pattern}, ${group}), lambda kql_m: length(kql_m))`;
  const before = `coalesce(list_sum(${lengths(0)}[:${count} - 1]), 0)`;
  const place = `coalesce(${from} + ${before} + ${lengths(1)}[${count}], -1)::BIGINT`;
  return {
    sql: `(CASE WHEN ${from} < 0 OR ${size} < -1 OR ${wanted} < 0 THEN NULL ELSE ${place} END)`,
    type: 'long',
  };
}

function compileHasAnyIndex([source, values]: Expr[], call: CallSite): Expr {
  if (!source || !values) return call.fail('type', 'has_any_index needs a text and an array');
  return { sql: `kql_has_any_index(${toText(source)}, ${toText(values)})`, type: 'long' };
}

/** Whether `term` stands in `text` with no letter or digit beside it, whatever the case. Both must be lower case. */
function hasTerm(text: string, term: string): boolean {
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const before = isWord(text[at - 1]) && isWord(term[0]);
    const after = isWord(text[at + term.length]) && isWord(term.at(-1));
    if (!before && !after) return true;
  }
  return false;
}

function hasAnyIndex(text: unknown, list: unknown): bigint | null {
  if (typeof text !== 'string' || typeof list !== 'string' || list === '') return -1n;
  const values: unknown = JSON.parse(list);
  if (!Array.isArray(values)) return null;
  const low = text.toLowerCase();
  return BigInt(values.findIndex((value) => hasTerm(low, String(value).toLowerCase())));
}

export const searchFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'indexof',
    arity: [2, 5],
    compile: compileIndexOf,
    scripts: [
      {
        name: 'kql_index_of',
        parameters: ['VARCHAR', 'VARCHAR', 'BIGINT', 'BIGINT', 'BIGINT'],
        returns: 'BIGINT',
        run: indexOf,
      },
    ],
  }),
  defineScalar({ name: 'indexof_regex', arity: [2, 5], compile: compileIndexOfRegex }),
  defineScalar({
    name: 'has_any_index',
    arity: [2, 2],
    compile: compileHasAnyIndex,
    scripts: [{ name: 'kql_has_any_index', parameters: ['VARCHAR', 'VARCHAR'], returns: 'BIGINT', run: hasAnyIndex }],
  }),
];
