import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { QueryError } from '../../../src/ports/query-engine';
import { lines, makeFolder, removeFolders } from './log-folder';

const asOf = new Date('2024-01-03T00:00:00Z');
let engine: DuckdbEngine;

/** A busy machine takes long to start a process out of the sources. */
jest.setTimeout(240_000);

beforeAll(async () => {
  const folder = await makeFolder({
    'logs/Plain.ndjson': lines({ Name: 'a', Size: 1 }, { Name: 'b', Size: 2 }),
    'logs/quote"\'; DROP TABLE t1; --.ndjson': lines({ '"; SELECT 1; --': 'inside', "'": 'one', '': 'empty', $$: 2 }),
    'logs/csv$$.csv': '"a""; SELECT 1 --","b\'c",,é\n1,2,3,4\n',
    'logs/functions/Odd.kql': '(x:string = "\'; --") { print y = x }',
  });
  engine = await createDuckdbEngine({
    logs: path.join(folder, 'logs'),
    dataFolder: path.join(folder, 'data'),
    memoryLimit: '300MB',
    threads: 1,
    clock: { now: () => asOf },
  });
  await ask('print 1');
});

afterAll(async () => {
  await engine.close();
  await removeFolders();
});

async function run(text: string, milliseconds: number, signal: AbortSignal | undefined): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  const limits = { rows: 1000, milliseconds };
  await engine.run({ text, asOf, limits }, async (page) => void rows.push(...page.rows), signal);
  return rows;
}

const passing = ['run the query once more', 'needed more memory than there is'];

/**
 * A query before it may have to take the engine's process with it, some seconds later, or holds its memory for some more: then the error is
 * not the query's own, and it is asked once more.
 */
async function ask(text: string, milliseconds = 90_000, signal?: AbortSignal): Promise<unknown[][]> {
  try {
    return await run(text, milliseconds, signal);
  } catch (error) {
    if (!(error instanceof QueryError) || !passing.some((words) => error.message.includes(words))) throw error;
    await pause(3000);
    return run(text, milliseconds, signal);
  }
}

async function codeOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return 'answered';
  } catch (error) {
    if (error instanceof QueryError) return error.code;
    throw error;
  }
}

const million = (text: string) => `strrep(strrep(${text}, 1000), 1000)`;
const doubled = Array.from({ length: 12 }, () => '| extend a = strcat(a, a, a, a, a, a, a, a)').join(' ');

describe('what has no end stops at a limit, and the engine answers the next query', () => {
  test.each([
    ['rows without end', 'range x from 1 to 1000000000000 step 1 | count'],
    ['a list without end', 'range x from 1 to 1000000000000 step 1 | summarize make_list(x)'],
    ['groups without end', 'range x from 1 to 10000000000 step 1 | summarize count() by x'],
    [
      'a cartesian join',
      'range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000000 step 1 | extend k = 1) on k | summarize sum(x * y)',
    ],
    ['rows out of every row', 'range x from 1 to 1000000 step 1 | mv-expand range(1, 100000, 1) | count'],
    ['a text that grows in every step', `print a = "aaaaaaaaaaaaaaaa" ${doubled} | project strlen(a)`],
    ['a text in place of every letter', `print x = ${million('"a"')} | project replace_string(x, "a", x)`],
  ])('%s', async (_what, query) => {
    expect(['timeout', 'limit', 'type']).toContain(await codeOf(ask(query, 1500)));
    // What holds the memory may stop the queries beside it first.
    expect(['answered', 'limit']).toContain(await codeOf(ask('Plain | count')));
    expect(await ask('Plain | count')).toEqual([[2]]);
  });

  test.each([
    ['a list in one value, cut as in Kusto', 'print array_length(range(1, 1000000000000, 1))', [[1_048_576]]],
    ['too many repetitions', 'print strlen(strrep("ab", 9223372036854775807))', [[2048]]],
    ['digits for ever', 'print strlen(tohex(1, 2147483647))', [[16]]],
    ['brackets', `print tostring(todynamic(${million('"["')})) == ${million('"["')}`, [[true]]],
    ['tags', `print isnull(parse_xml(${million('"<a>"')}))`, [[true]]],
    ['a pattern that explodes elsewhere', `print ${million('"a"')} matches regex "(a+)+(b+)+(a|aa)+$"`, [[false]]],
    ['a long host name', 'print strlen(punycode_from_string(strrep(strrep("é", 200), 200)))', [[40_002]]],
  ])('%s is bounded', async (_what, query, rows) => {
    expect(await ask(query)).toEqual(rows);
  });

  test.each([
    ['a function that calls itself', 'let f = (n:long) { f(n) }; print f(1)'],
    ['brackets past reason', `print ${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['signs past reason', `print ${'-'.repeat(5000)}1`],
    ['a text of 250,000 characters', `print "${'a'.repeat(250_000)}"`],
    ['a pattern that is none', 'print "a" matches regex "(("'],
  ])('%s is refused', async (_what, query) => {
    expect(['limit', 'syntax', 'type', 'unknown-name']).toContain(await codeOf(ask(query)));
    // The memory of a query long before it may be gone only now.
    expect(['answered', 'limit']).toContain(await codeOf(ask('Plain | count')));
    expect(await ask('Plain | count')).toEqual([[2]]);
  });

  test('a cancelled query settles long before its limit, in planning too', async () => {
    for (const query of [
      'range x from 1 to 1000000000000 step 1 | count',
      `print a = "aaaaaaaaaaaaaaaa" ${doubled} | project strlen(a)`,
    ]) {
      const stop = new AbortController();
      const asked = codeOf(ask(query, 60_000, stop.signal));
      setTimeout(() => stop.abort(), 100);
      expect(['cancelled', 'limit']).toContain(await asked);
    }
    await codeOf(ask('Plain | count'));
    expect(await ask('Plain | count')).toEqual([[2]]);
  });
});

describe('no name or text leaves its quotes', () => {
  test('names of files, fields and headers stand for their data alone', async () => {
    const names = (await engine.tables()).map((table) => table.name);
    expect(names).toEqual(expect.arrayContaining(['Plain', 'quote"\'; DROP TABLE t1; --', 'csv$$']));
    for (const name of names) {
      const table = `["${name.replaceAll('"', '\\"')}"]`;
      const [columns] = [await engine.check({ text: table, asOf })];
      const each = columns.map((column) => `["${column.name.replaceAll('"', '\\"')}"]`).join(', ');
      expect((await ask(`${table} | project ${each} | where true`)).length).toBeGreaterThan(0);
    }
    expect(await ask('["quote\\"\'; DROP TABLE t1; --"] | project ["\\"; SELECT 1; --"]')).toEqual([['inside']]);
  });

  const hostile = ["'; SELECT 1; --", '"', "'", '$$', '\\', '/* ', '-- x', "' || getenv('HOME') || '", '");--'];

  test.each(hostile)('%j', async (text) => {
    const quoted = JSON.stringify(text);
    const name = `[${quoted}]`;
    expect(await ask(`print ${name} = ${quoted}`)).toEqual([[text]]);
    expect(
      await ask(`print x = ${quoted} | extend ${name} = x | summarize count() by ${name} | project ${name}`),
    ).toEqual([[text]]);
    expect(await ask(`datatable(${name}:string)[${quoted}] | where ${name} == ${quoted}`)).toEqual([[text]]);
    expect(await ask(`print d = dynamic({${quoted}: 7}) | project d[${quoted}]`)).toEqual([[7]]);
    expect(await ask(`print d = bag_pack(${quoted}, 8) | evaluate bag_unpack(d) | project ${name}`)).toEqual([[8]]);
    expect(await ask(`print d = ${quoted} | evaluate pivot(d, count())`)).toEqual([[1]]);
    expect(await ask(`print s = strcat("a", ${quoted}, "5") | parse s with * ${quoted} n:long`)).toEqual([
      [`a${text}5`, 5],
    ]);
    expect(await ask(`print replace_string("x", "x", ${quoted}), strcat_array(split("a b", " "), ${quoted})`)).toEqual([
      [text, `a${text}b`],
    ]);
    expect(await ask(`let ${name} = 3; let f = (${name}:long) { ${name} + 1 }; print f(2)`)).toEqual([[3]]);
    expect(await codeOf(ask(`${name} | take 1`))).toBe('unknown-name');
    expect(await codeOf(ask(`print format_datetime(now(), ${quoted})`))).not.toBe('internal');
    expect(await codeOf(ask(`print extract(${quoted}, 0, "x"), "x" matches regex ${quoted}`))).not.toBe('internal');
  });

  test.each([
    'read_text("/etc/passwd")',
    'getenv("HOME")',
    'duckdb_settings()',
    'glob("/*")',
    'pragma_version()',
    'sniff_csv("x")',
  ])('%s is no function here', async (call) => {
    expect(await codeOf(ask(`print ${call}`))).toBe('unknown-name');
    expect(await codeOf(ask(call))).toBe('unknown-name');
    expect(await codeOf(ask(`Plain | evaluate ${call}`))).toMatch(/unknown-name|unsupported|syntax/);
  });
});
