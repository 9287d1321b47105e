import { type ContentImport, importJobId, importResultJobId } from '../src/domain/content-import';
import type { JobQueue } from '../src/ports/job-queue';
import type { Stores } from '../src/ports/stores';

/** Imports of which the queue knows nothing any more go on, and results that were not posted are. */
export async function resumeImports(deps: { stores: Pick<Stores, 'imports'>; queue: JobQueue }): Promise<void> {
  const recent = await deps.stores.imports.find({ sort: [{ field: 'number', direction: 'down' }], limit: 50 });
  for (const job of recent) {
    if (job.state === 'running') await again(deps.queue, job, 'import-content');
    else if (job.result.state !== 'sent') await again(deps.queue, job, 'deliver-import');
  }
}

async function again(queue: JobQueue, job: ContentImport, name: 'import-content' | 'deliver-import'): Promise<void> {
  const id = name === 'import-content' ? importJobId(job.id) : importResultJobId(job.id);
  const state = await queue.state(name, id);
  if (state === 'waiting' || state === 'running') return;
  // The id of a job that ended is used up.
  const fresh = state === 'unknown' ? id : `${id}.${job.version}`;
  if (name === 'import-content') await queue.add(name, { import: job.id }, { id: fresh });
  else await queue.add(name, { import: job.id, what: 'result' }, { id: fresh });
}
