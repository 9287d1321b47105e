import { embeddedBackend } from '../../jobs/backend';
import { defineJob } from '../../jobs/define-job';
import { createQueue } from '../../jobs/queue';
import { createWorker } from '../../jobs/worker';
import { createLog } from '../../src/log';
import { openEmbeddedDatabase } from '../../src/store/embedded/database';

/** Takes up the first of three jobs, says so, and never ends it. */
async function hang(folder: string): Promise<void> {
  const log = createLog('silent');
  const backend = embeddedBackend({ database: await openEmbeddedDatabase(folder), log });
  const queue = createQueue(backend, { log });
  for (const run of ['R-1', 'R-2', 'R-3']) await queue.add('run-query', { run, query: 'Q' }, { id: run });
  const job = defineJob({
    name: 'run-query',
    concurrency: 1,
    run({ run }) {
      process.stdout.write(`started ${run}\n`);
      return new Promise(() => {});
    },
  });
  await createWorker(backend, { jobs: [job], log });
}

void hang(process.argv[2] ?? '');
