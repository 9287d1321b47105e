import { countQuery } from '../../src/hunting/count-query';
import { type QueryEngine, QueryError, type QueryRequest } from '../../src/ports/query-engine';

const to = new Date('2026-11-24T12:00:00Z');
const asked = { from: new Date('2026-11-17T12:00:00Z'), to, asOf: to };
const limits = { rows: 100, milliseconds: 1000 };
const { signal } = new AbortController();

/** Answers each count in turn: a number, or what it is rejected with. */
function engineOf(...answers: (number | Error)[]): QueryEngine & { asked: string[] } {
  const heard: string[] = [];
  const answer = (request: QueryRequest) => {
    heard.push(
      [request.range?.from, request.range?.to, request.asOf].map((at) => at?.toISOString().slice(5, 13)).join(' '),
    );
    const next = answers.shift() ?? 0;
    if (next instanceof Error) throw next;
    return next;
  };
  return {
    name: 'fake',
    asked: heard,
    count: async (request) => answer(request),
    run: async (request) => {
      const rows = answer(request);
      return { columns: [], rows: Math.min(rows, limits.rows), truncated: rows > limits.rows, notes: [] };
    },
    check: async () => [],
    tables: async () => [],
    close: async () => undefined,
  };
}

const count = (engine: QueryEngine) => countQuery(engine, 'T', asked, limits, signal);

test('the range, the last day and the day before, each as of its end', async () => {
  const engine = engineOf(1204, 9, 12);
  expect(await count(engine)).toEqual({ resultState: 'counted', resultCount: 1204, resultDelta: -3, resultChange: 3 });
  expect(engine.asked).toEqual([
    '11-17T12 11-24T12 11-24T12',
    '11-23T12 11-24T12 11-24T12',
    '11-22T12 11-23T12 11-23T12',
  ]);
});

test('a missing table is no failure, and nothing further is asked', async () => {
  const missing = engineOf(new QueryError('unknown-name', 'There is no table Feed_CL, line 1', 1, 1, 'Feed_CL'));
  expect(await count(missing)).toEqual({ resultState: 'missing', resultMessage: 'There is no table Feed_CL here.' });
  expect(missing.asked).toHaveLength(1);
  expect(await count(engineOf(new QueryError('timeout', 'too late')))).toEqual({
    resultState: 'failed',
    resultMessage: 'too late',
  });
});

test('a number stays where the delta is not to be had', async () => {
  expect(await count(engineOf(7, new QueryError('limit', 'too much')))).toEqual({
    resultState: 'counted',
    resultCount: 7,
    resultMessage: 'No delta: too much',
  });
});

test('what may pass is left to another try', async () => {
  for (const error of [new QueryError('internal', 'gone'), new QueryError('cancelled', 'stop'), new Error('bug')]) {
    await expect(count(engineOf(error))).rejects.toBe(error);
    await expect(count(engineOf(1, error))).rejects.toBe(error);
  }
});

test('an engine that cannot count runs the query, and says where there were too many rows', async () => {
  const { count: _, ...slow } = engineOf(3, 2, 1);
  expect(await count(slow)).toMatchObject({ resultCount: 3, resultDelta: 1 });
  const { count: __, ...flooded } = engineOf(500);
  expect(await count(flooded)).toEqual({ resultState: 'failed', resultMessage: 'fake gave more than 100 rows' });
});
