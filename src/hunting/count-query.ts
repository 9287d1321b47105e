import type { HuntQuery } from '../domain/query';
import type { TimeRange } from '../domain/time-range';
import { type QueryEngine, QueryError, type QueryRequest } from '../ports/query-engine';

/** What the results bar shows of a query. */
export type ResultOutcome = Pick<HuntQuery, 'resultCount' | 'resultDelta' | 'resultChange' | 'resultMessage'> & {
  resultState: NonNullable<HuntQuery['resultState']>;
};

const day = 86_400_000;

/**
 * Counts a query's rows in a range, and what the range's last 24 hours give beyond the 24 before. Each day is counted as the query would
 * have been run at its end: `now()` and `ago()` move along. Rejects with what may pass, such as an engine that stopped, and when aborted.
 */
export async function countQuery(
  engine: QueryEngine,
  text: string,
  asked: TimeRange & { asOf: Date },
  limits: QueryRequest['limits'],
  signal: AbortSignal,
): Promise<ResultOutcome> {
  const count = (from: Date, to: Date, asOf: Date) =>
    countRows(engine, { text, range: { from, to }, asOf, limits }, signal);
  let resultCount: number;
  try {
    resultCount = await count(asked.from, asked.to, asked.asOf);
  } catch (error) {
    return refusal(error);
  }
  try {
    const back = (days: number, from: Date) => new Date(from.getTime() - days * day);
    const lastDay = await count(back(1, asked.to), asked.to, asked.asOf);
    const dayBefore = await count(back(2, asked.to), back(1, asked.to), back(1, asked.asOf));
    const resultDelta = lastDay - dayBefore;
    return { resultState: 'counted', resultCount, resultDelta, resultChange: Math.abs(resultDelta) };
  } catch (error) {
    return { resultState: 'counted', resultCount, resultMessage: `No delta: ${refusal(error).resultMessage}` };
  }
}

/** What lies in the query or the logs; anything else is thrown again. */
function refusal(error: unknown): ResultOutcome & { resultMessage: string } {
  if (!(error instanceof QueryError) || error.code === 'internal' || error.code === 'cancelled') throw error;
  if (error.missing !== undefined)
    return { resultState: 'missing', resultMessage: `There is no table ${error.missing} here.` };
  return { resultState: 'failed', resultMessage: error.message };
}

async function countRows(engine: QueryEngine, request: QueryRequest, signal: AbortSignal): Promise<number> {
  if (engine.count) return engine.count(request, signal);
  const summary = await engine.run(request, async () => undefined, signal);
  if (summary.truncated)
    throw new QueryError('limit', `${engine.name} gave more than ${request.limits.rows.toLocaleString('en-US')} rows`);
  return summary.rows;
}
