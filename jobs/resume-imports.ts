import { type ContentImport, importJobId, importResultJobId } from '../src/domain/content-import';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';

/**
 * Imports of which the queue knows nothing any more go on, and results that were not posted are. `lost`: what the queue still knows,
 * failed or not, is left alone, as is right while every process goes on.
 */
export async function resumeImports(
  deps: { stores: Pick<Stores, 'imports'>; queue: JobQueue },
  which: 'open' | 'lost' = 'open',
): Promise<void> {
  const recent = await deps.stores.imports.find({ sort: [{ field: 'number', direction: 'down' }], limit: 50 });
  for (const job of recent) {
    if (job.state === 'running') await again(deps.queue, job, 'import-content', which);
    else if (job.result.state !== 'sent') await again(deps.queue, job, 'deliver-import', which);
  }
}

async function again(
  queue: JobQueue,
  job: ContentImport,
  name: 'import-content' | 'deliver-import',
  which: 'open' | 'lost',
): Promise<void> {
  const id = name === 'import-content' ? importJobId(job.id) : importResultJobId(job.id);
  const state = await queue.state(name, id);
  if (state === 'waiting' || state === 'running') return;
  if (which === 'lost' && state !== 'unknown') return;
  // The id of a job that ended is used up.
  const fresh = state === 'unknown' ? id : `${id}.${job.version}`;
  if (name === 'import-content') await queue.add(name, { import: job.id }, { id: fresh });
  else await queue.add(name, { import: job.id, what: 'result' }, { id: fresh });
}
