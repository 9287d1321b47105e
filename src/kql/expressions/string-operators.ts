import type { QueryErrorCode } from '../../ports/query-engine';
import type { Context, Scope } from '../context';
import type { Expr } from '../expr';
import { toText } from '../functions/convert';
import { constantText } from '../functions/literal';
import { quoteText } from '../functions/quote-text';
import { regexSql } from '../functions/regex';
import { kindOf, part, type SyntaxNode } from '../kusto';
import { textSql } from './path-text';
import { foundFirst, rememberTextTest } from './tests-of-text';

/**
 * Macros for terms that are known only at run time. A term is a run of letters and digits. To build a regex for every row is dear:
 * only a needle that is not one plain term needs it, and only where the text holds it (CASE, because AND computes both sides).
 */
export const stringOperatorPrelude = [
  `CREATE OR REPLACE MACRO kql_term_start(n) AS CASE WHEN regexp_matches(n, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END`,
  `CREATE OR REPLACE MACRO kql_term_end(n) AS CASE WHEN regexp_matches(n, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END`,
  `CREATE OR REPLACE MACRO kql_terms(s) AS ' ' || regexp_replace(s, '[^\\pL\\pN]+', ' ', 'g') || ' '`,
  `CREATE OR REPLACE MACRO kql_is_term(n) AS regexp_full_match(n, '[\\pL\\pN]+')`,
  `CREATE OR REPLACE MACRO kql_has(s, n) AS (CASE WHEN NOT contains(s, n) THEN false WHEN kql_is_term(n) THEN contains(kql_terms(s), ' ' || n || ' ') ELSE regexp_matches(s, kql_term_start(n) || regexp_escape(n) || kql_term_end(n)) END)`,
  `CREATE OR REPLACE MACRO kql_has_prefix(s, n) AS (CASE WHEN NOT contains(s, n) THEN false WHEN kql_is_term(n) THEN contains(kql_terms(s), ' ' || n) ELSE regexp_matches(s, kql_term_start(n) || regexp_escape(n)) END)`,
  `CREATE OR REPLACE MACRO kql_has_suffix(s, n) AS (CASE WHEN NOT contains(s, n) THEN false WHEN kql_is_term(n) THEN contains(kql_terms(s), n || ' ') ELSE regexp_matches(s, regexp_escape(n) || kql_term_end(n)) END)`,
];

type Test = 'Has' | 'HasPrefix' | 'HasSuffix' | 'Contains' | 'StartsWith' | 'EndsWith';

/** Reads `NotHasPrefixCsExpression` and its like. */
export function stringOperator(kind: string): { test: Test; negated: boolean; cased: boolean } | undefined {
  const match = /^(Not)?(HasPrefix|HasSuffix|Has|Contains|StartsWith|EndsWith)(Cs)?Expression$/.exec(kind);
  if (!match) return undefined;
  return { test: match[2] as Test, negated: match[1] !== undefined, cased: match[3] !== undefined };
}

export function compileStringOperator(
  { test, negated, cased }: { test: Test; negated: boolean; cased: boolean },
  node: SyntaxNode,
  scope: Scope,
  context: Context,
): Expr {
  const right = context.expression(part(node, 'Right'), scope);
  const lefts = leftSides(part(node, 'Left'), test, scope, context);
  const tests = lefts.map((left) => stringTest(test, left, right, cased));
  const found = tests.length === 1 ? tests[0] : `(${tests.join(' OR ') || 'false'})`;
  const result: Expr = { sql: negated ? `(NOT ${found})` : `${found}`, type: 'bool' };
  const needle = constantText(right);
  const [left] = lefts;
  if (!left || lefts.length > 1 || needle === undefined || needle === '') return result;
  const text = textSql(left);
  if (negated) return rememberTextTest(result, { text, length: 0 });
  // Where a text of its own case starts is what DuckDB skips whole blocks of rows by.
  if (test === 'StartsWith' && cased) return result;
  const plain = stringTest(test === 'StartsWith' || test === 'EndsWith' ? test : 'Contains', left, right, cased);
  return rememberTextTest(result, { text, found: plain, length: needle.length });
}

/** `*` stands for every column of the row. */
function leftSides(node: SyntaxNode, test: Test, scope: Scope, context: Context): Expr[] {
  if (kindOf(node) !== 'StarExpression') return [context.expression(node, scope)];
  const row = test === 'StartsWith' || test === 'EndsWith' ? undefined : rowText(scope.columns);
  return row ? [row] : scope.columns.map(({ sql, type }) => ({ sql, type }));
}

/**
 * The texts of all columns in one, for a test that asks only whether a term or a part stands in any of them: a control
 * character, which belongs to no term, keeps them apart. One test instead of dozens: a table may have hundreds of columns.
 */
export function rowText(columns: readonly Expr[]): Expr | undefined {
  if (columns.length === 0) return undefined;
  return {
    sql: `concat_ws(chr(1), ${columns.map(({ sql, type }) => toText({ sql, type })).join(', ')})`,
    type: 'string',
  };
}

/** SQL of one test of a text against a needle. Never null. */
export function stringTest(test: Test, left: Expr, right: Expr, cased: boolean): string {
  const text = folded(left, cased);
  const known = constantText(right);
  const needle = known === undefined ? folded(right, cased) : quoteText(cased ? known : known.toLowerCase());
  switch (test) {
    case 'Contains':
      return `contains(${text}, ${needle})`;
    case 'StartsWith':
      return `starts_with(${text}, ${needle})`;
    case 'EndsWith':
      return `ends_with(${text}, ${needle})`;
  }
  if (known === undefined)
    return `kql_${test === 'Has' ? 'has' : test === 'HasPrefix' ? 'has_prefix' : 'has_suffix'}(${text}, ${needle})`;
  return termTest(text, [cased ? known : known.toLowerCase()], test);
}

function folded(expr: Expr, cased: boolean): string {
  return cased ? textSql(expr) : `lower(${textSql(expr)})`;
}

/**
 * Whether `text` has one of the terms, which must be in its case: a cheap search first, which DuckDB does inside the scan and
 * guesses its joins by, the exact pattern behind it, in a CASE: else the scan would test it for every row.
 */
export function termTest(text: string, terms: string[], test: 'Has' | 'HasPrefix' | 'HasSuffix'): string {
  if (terms.length === 0) return 'false';
  if (terms.includes('')) return 'true';
  const found = terms.map((term) => `contains(${text}, ${quoteText(term)})`).join(' OR ');
  const patterns = termPatterns(terms, test);
  if (!patterns) return `(${found})`;
  const exact = patterns.map((pattern) => `regexp_matches(${text}, ${quoteText(pattern)})`).join(' OR ');
  return `((${found}) AND CASE WHEN ${found} THEN ${exact} ELSE false END)`;
}

/** Whether `text` has all of the terms, which must be in its case: the longest, which is likely the rarest, is looked for first. */
export function allTermsTest(text: string, terms: string[]): string {
  const [longest, ...more] = [...terms].sort((a, b) => b.length - a.length);
  if (!longest) return 'true';
  if (more.length === 0) return termTest(text, [longest], 'Has');
  const tests = [longest, ...more].map((term) => termTest(text, [term], 'Has'));
  return foundFirst(`contains(${text}, ${quoteText(longest)})`, tests.join(' AND '));
}

/** RE2 refuses a pattern of more than a few ten thousand letters. */
const longestPattern = 16_000;

/**
 * RE2 patterns of which one matches where one of the terms stands, or undefined where finding the texts is enough. Terms
 * that end alike share what stands around them, which is what makes patterns big.
 */
function termPatterns(terms: string[], test: 'Has' | 'HasPrefix' | 'HasSuffix'): string[] | undefined {
  const groups = new Map<string, { start: string; end: string; parts: string[]; length: number }[]>();
  for (const term of terms) {
    const start = test !== 'HasSuffix' && /^[\p{L}\p{N}]/u.test(term) ? '(?:^|[^\\pL\\pN])' : '';
    const end = test !== 'HasPrefix' && /[\p{L}\p{N}]$/u.test(term) ? '(?:$|[^\\pL\\pN])' : '';
    const key = `${start} ${end}`;
    const known = groups.get(key) ?? [];
    groups.set(key, known);
    const part = escapePattern(term);
    const last = known.at(-1);
    if (last && last.length + part.length <= longestPattern) {
      last.parts.push(part);
      last.length += part.length;
    } else known.push({ start, end, parts: [part], length: part.length });
  }
  const found = [...groups.values()].flat();
  if (found.every(({ start, end }) => start === '' && end === '')) return undefined;
  return found.map(({ start, end, parts: [first, ...more] }) =>
    more.length === 0 ? `${start}${first}${end}` : `${start}(?:${[first, ...more].join('|')})${end}`,
  );
}

/** The text as an RE2 pattern that matches it and nothing else. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&').replaceAll('\0', '\\x00');
}

export function compileMatchesRegex(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const text = context.expression(part(node, 'Left'), scope);
  const pattern = context.expression(part(node, 'Right'), scope);
  const fail = (code: QueryErrorCode, message: string) => context.fail(part(node, 'Right'), code, message);
  return { sql: `regexp_matches(${textSql(text)}, ${regexSql(pattern, { fail })})`, type: 'bool' };
}
