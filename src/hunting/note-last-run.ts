import type { Run, RunQuery } from '../domain/run';
import type { Stores } from '../ports/stores';
import { change } from './change';

/**
 * Writes onto each query who ran it last and what it found: onto a hunt's clone, and onto the library's query that it was cloned from.
 * An older run's word gives way; written again, it is the same.
 */
export async function noteLastRun(stores: Pick<Stores, 'queries'>, run: Run, at: Date): Promise<void> {
  for (const query of run.queries) {
    if (query.state !== 'done' && query.state !== 'failed') continue;
    const own = run.hunt ? await write(stores, `${run.hunt}/${query.id}`, run, query, at) : null;
    await write(stores, own?.source ?? query.id, run, query, at);
  }
}

async function write(stores: Pick<Stores, 'queries'>, key: string, run: Run, query: RunQuery, at: Date) {
  const lastRunAt = query.finishedAt ?? at;
  return change(stores.queries, key, (current) =>
    current.lastRunAt && current.lastRunAt >= lastRunAt
      ? null
      : {
          ...current,
          lastRun: {
            run: run.id,
            at: lastRunAt,
            by: run.requestedBy,
            rows: query.rows,
            failed: query.state === 'failed',
          },
          lastRunAt,
        },
  );
}
