import { redisBackend } from '../../jobs/backend';
import { defineJob, wasCancelled } from '../../jobs/define-job';
import { createWorker } from '../../jobs/worker';
import { createLog } from '../../src/log';

/** Says which job it took up, and holds it until it is aborted. */
async function hang(url: string, prefix: string): Promise<void> {
  const log = createLog('silent');
  const job = defineJob({
    name: 'run-query',
    concurrency: 1,
    async run({ run }, { signal }) {
      process.stdout.write(`started ${run}\n`);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      process.stdout.write(`${wasCancelled(signal) ? 'cancelled' : 'lost'} ${run}\n`);
      throw new Error('aborted');
    },
  });
  await createWorker(redisBackend({ url, prefix, log }), { jobs: [job], log });
}

void hang(process.argv[2] ?? '', process.argv[3] ?? '');
