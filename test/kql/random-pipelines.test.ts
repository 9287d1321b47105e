import { KqlError } from '../../src/kql/kql-error';
import type { Cell, Column } from '../../src/ports/query-engine';
import { keyOf } from './interpreter/operator';
import { randomPipeline } from './interpreter/pipeline';
import type { Value } from './interpreter/table';
import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

/** TALBOT_TEST_PIPELINES asks for more of them. */
const count = Number(process.env.TALBOT_TEST_PIPELINES ?? 60);

/** Undefined where the analyser knows the shape of a dynamic value and refuses what it does not have. */
function columnsOf(text: string): Column[] | undefined {
  try {
    return kql.compile(text).columns;
  } catch (error) {
    if (error instanceof KqlError && error.code === 'type') return undefined;
    throw error;
  }
}

function unordered(rows: (Cell | Value)[][]): string[] {
  return rows.map((row) => keyOf(row as Value[])).sort();
}

describe('random pipelines over random tables', () => {
  it('give what a plain interpreter gives', async () => {
    let refused = 0;
    for (let seed = 1; seed <= count; seed++) {
      const { text, expected } = randomPipeline(seed);
      const columns = columnsOf(text);
      if (!columns) {
        refused++;
        continue;
      }
      const got = {
        text,
        columns: columns.map(({ name, type }) => `${name}:${type}`),
        rows: unordered(await kql.rows(text)),
      };
      expect(got).toEqual({
        text,
        columns: expected.columns.map(({ name, type }) => `${name}:${type}`),
        rows: unordered(expected.rows),
      });
      if (/\| sort by [^|]*(\| take \d+)?$/.test(text))
        expect((await kql.rows(text)).map((row) => keyOf(row as Value[]))).toEqual(expected.rows.map(keyOf));
    }
    expect(refused).toBeLessThan(Math.max(5, count / 50));
  }, 120_000);
});
