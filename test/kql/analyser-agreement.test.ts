import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../src/kql/compile';
import { KqlError } from '../../src/kql/kql-error';
import { kusto } from '../../src/kql/kusto';
import { analysedColumns, globalsFor } from '../../src/kql/symbols';
import { newYear } from './run-kql';

const examples = join(__dirname, '../../../shared/kql/doc-examples.jsonl');

/** Where the documented output differs from the analyser: it gives every `scan` a match_id, and texts made of a path's nodes the type dynamic. */
const analyserErrs = /\|\s*scan\b|\bstrcat_array\(\s*map\(/;

/** The columns as we give them and as Microsoft's analyser does, or undefined where either does not know them. */
function bothColumns(text: string): { ours: unknown; theirs: unknown } | undefined {
  const input = { text, tables: [], now: newYear };
  try {
    const ours = compile(input).columns;
    const theirs = analysedColumns(kusto().Language.KustoCode.ParseAndAnalyze(text, globalsFor(input)));
    return theirs && { ours, theirs };
  } catch (error) {
    if (error instanceof KqlError) return undefined;
    throw error;
  }
}

const table = 'let T = datatable(a:string, n:long, d:dynamic, t:datetime, r:real)[];';
const queries = [
  'T | extend a = n, b = d.x.y, c = d["k"][0], bin(n, 5), strcat(a, "x"), 1 + 1',
  'T | project n, n + 1, tostring(d), toupper(a), a1 = a, t - t, n / 2.5, n % 2, -r',
  'T | summarize count(), count_distinct(a), sum(r), avg(n), min(t), max(a), dcount(a), countif(n > 1), make_set(a), make_list(n), arg_max(t, *) by a, bin(t, 1h)',
  'T | summarize x = arg_min(n, a, r), take_any(a), percentile(n, 95), stdev(r) by d2 = tostring(d)',
  'T | summarize arg_max(t, *) by a = strcat(a, "x"), bin(t, 1d)',
  'T | join kind=leftouter (T | project a, n, t) on a | join (T) on $left.n == $right.n',
  'T | lookup (T | project a, other = n, r) on a',
  'union T, (T | extend n = "x", more = 1) | union withsource=src T',
  'T | mv-expand with_itemindex=i d, e = d to typeof(long)',
  'T | mv-apply e = d to typeof(string) on (summarize n = count(), best = max(e))',
  'T | parse a with "x" y:long "," z | parse-kv a as (k:string, v:real) with (pair_delimiter=",", kv_delimiter="=")',
  'T | make-series c = count(), avg(r) default = 0.0 on t from ago(1d) to now() step 1h by a, tolower(a)',
  'T | top-nested 3 of a by sum(n), top-nested of bin(n, 2) by x = max(r) asc',
  'T | project-reorder r, * asc | project-rename q = n | project-away d | project-keep q, a*',
  'T | distinct a, tolower(a), n + 1 | count | getschema',
  'print 1, x = "a", strlen("b"), now() - 1h, dynamic({"a": 1}).a',
  'range x from 1 to 10 step 2 | extend y = prev(x), z = row_number()',
  'T | summarize n = count() by n + 1 | summarize count() by n + 2',
  'T | project n + 1, n | join (T | project n + 1, n) on n | summarize by n + 3',
  'let f = () { T | summarize by n + 1, n }; T | summarize by n + 2, n | join (f()) on n',
  'let Column1 = 5; T | project n + 1, n | extend n * 2 | mv-expand range(1, 2)',
  'T | extend Column1 = 1 | extend n + 1 | project n + 2, Column1',
  'T | extend x = iff(n > 1, 1, 2.5), y = case(n > 1, "a", "b"), z = coalesce(n, 5), w = d.a + 1, v = d.a + d.b',
];

describe('columns', () => {
  it.each(queries)('agree with the analyser in %s', (query) => {
    const both = bothColumns(`${table} ${query}`);
    expect(both).toBeDefined();
    expect(both?.ours).toEqual(both?.theirs);
  });

  it('agree with the analyser in the documentation’s examples, where they are at hand', () => {
    if (!existsSync(examples)) {
      console.log('left out: no shared examples beside the project');
      return;
    }
    const lines = readFileSync(examples, 'utf8').split('\n').filter(Boolean);
    const differing = lines
      .map((line) => String(JSON.parse(line).query))
      .filter((query) => {
        if (analyserErrs.test(query)) return false;
        const both = bothColumns(query);
        return both && JSON.stringify(both.ours) !== JSON.stringify(both.theirs);
      });
    expect(differing).toEqual([]);
  }, 240_000);
});
