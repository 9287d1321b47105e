import type { Context } from '../commands/context';
import type { Run, RunQuery } from '../domain/run';
import { UserError } from '../errors';
import { errorText } from '../views/run-card';

export async function findRun(ctx: Context, key: string): Promise<Run> {
  const run = await ctx.stores.runs.get(key);
  if (!run) throw new UserError('not-found', `There is no run ${key}.`, 'Type “runs” to see them.');
  return run;
}

/** The named query of a run, or the only one with rows; null where several have some and none was named. */
export function queryOfRun(run: Run, named: string | undefined): RunQuery | null {
  if (named !== undefined) {
    const id = named.split('/')[1] ?? named;
    const query = run.queries.find((one) => one.id === id);
    if (!query)
      throw new UserError(
        'not-found',
        `${run.id} has no query ${id}.`,
        `It has ${run.queries.map((one) => one.id).join(', ')}.`,
        { query: `${run.id} has no such query.` },
      );
    return query;
  }
  const hits = run.queries.filter((query) => query.rows > 0);
  if (run.queries.length === 1) return run.queries[0] ?? null;
  return hits.length === 1 ? (hits[0] ?? null) : null;
}

/** A UserError where the query has no rows to show, saying why. */
export function requireFinished(run: Run, query: RunQuery): void {
  if (run.purgedAt)
    throw new UserError(
      'not-found',
      `The rows of ${run.id} were cleared away on ${run.purgedAt.toISOString().slice(0, 10)}.`,
      'Run it again; bookmarks keep theirs.',
    );
  if (query.state === 'done') return;
  if (query.state === 'failed')
    throw new UserError(
      'query-failed',
      `${query.id === 'kql' ? 'The query' : query.id} failed in ${run.id}: ${errorText(query)}`,
    );
  if (query.state === 'cancelled')
    throw new UserError(
      'not-found',
      `${query.id === 'kql' ? 'The query' : query.id} was cancelled in ${run.id}.`,
      'Run it again.',
    );
  throw new UserError('unavailable', `${run.id} is not done yet.`, 'Its result comes by itself.');
}
