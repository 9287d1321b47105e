import type { Expr } from '../expr';

interface TextTest {
  /** SQL of the text that is tested, in its own case. */
  text: string;
  /** SQL of a plain search that is true wherever the test is; missing where the test looks for what is not there. */
  found?: string;
  /** Letters that the plain search looks for: the more, the rarer. */
  length: number;
}

const tests = new WeakMap<Expr, TextTest>();

/** Notes that `expr` is a test of a text against what is known when the query is compiled. */
export function rememberTextTest(expr: Expr, test: TextTest): Expr {
  tests.set(expr, test);
  return expr;
}

/**
 * SQL that is true where `found` and `rest` are, of which `rest` is the dearer. DuckDB computes every filter that it moves into
 * the scan for every row, one beside the other; what stands in a CASE only where it comes to that. A CASE with a pattern stays
 * outside the scan, so that the plain search must stand beside it once more.
 */
export function foundFirst(found: string, rest: string): string {
  const behind = `CASE WHEN ${found} THEN ${rest} ELSE false END`;
  return rest.includes('regexp_matches(') ? `(${found} AND ${behind})` : `(${behind})`;
}

/** SQL of conditions of which all must hold, null counting as false. Those about one text stand behind its likely rarest search. */
export function allHold(conditions: readonly Expr[]): string {
  const groups = new Map<string, Expr[]>();
  const parts: (() => string)[] = [];
  for (const condition of conditions) {
    const test = tests.get(condition);
    const group = test && groups.get(test.text);
    if (group) {
      group.push(condition);
      continue;
    }
    if (!test) {
      parts.push(() => condition.sql);
      continue;
    }
    const started = [condition];
    groups.set(test.text, started);
    parts.push(() => testsOfOneText(started));
  }
  const sql = parts.map((part) => part());
  return sql.length === 1 ? (sql[0] ?? 'true') : `(${sql.join(' AND ')})`;
}

function testsOfOneText(group: readonly Expr[]): string {
  const [first, ...more] = group.map((one) => one.sql);
  if (more.length === 0) return first ?? 'true';
  const [rarest] = group
    .flatMap((one) => tests.get(one) ?? [])
    .filter((test) => test.found !== undefined)
    .sort((a, b) => b.length - a.length);
  if (rarest?.found === undefined) return group.map((one) => one.sql).join(' AND ');
  const rest = group.filter((one) => one.sql !== rarest.found).map((one) => one.sql);
  return rest.length === 0 ? rarest.found : foundFirst(rarest.found, rest.join(' AND '));
}
