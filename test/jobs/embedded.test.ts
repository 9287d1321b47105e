import { embeddedBackend } from '../../jobs/backend';
import { createQueue } from '../../jobs/queue';
import { createWorker } from '../../jobs/worker';
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../src/store/embedded/database';
import { createEmbeddedStores } from '../../src/store/embedded/stores';
import { notedJob, queueContract, quiet, until } from '../contracts/queue.contract';
import { startScript } from '../start-script';
import { freshDatabaseFolder } from '../store/fresh-database';

describe('the queue on the embedded database', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabaseFolder>>;
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    fresh = await freshDatabaseFolder();
    database = await openEmbeddedDatabase(fresh.folder);
  });
  afterAll(async () => {
    await database.close();
    await fresh.remove();
  });

  queueContract(async () => {
    const backend = embeddedBackend({ database, log: quiet });
    return {
      connect: () => backend,
      async close() {
        await database.execute('DROP SCHEMA IF EXISTS bullmq CASCADE');
      },
    };
  });
});

describe('the embedded queue after its process was killed', () => {
  test('goes on with what ran and with what waited, beside the documents', async () => {
    const { folder, remove } = await freshDatabaseFolder();
    const other = startScript('jobs/hang-on-embedded.ts', folder);
    await other.line('started R-1');
    await other.kill();

    const database = await openEmbeddedDatabase(folder);
    const stores = await createEmbeddedStores(database);
    const backend = embeddedBackend({ database, log: quiet });
    const queue = createQueue(backend, { log: quiet });
    const { job, starts, lost } = notedJob(async ({ run }) => {
      await stores.settings.insert({ id: run, value: 'done' });
    });
    const worker = await createWorker(backend, { jobs: [job], log: quiet });
    await until(() => starts.length === 3, 'all three');
    await until(async () => (await queue.counts())['run-query'].running === 0, 'the end');
    expect(starts.map(({ run }) => run).sort()).toEqual(['R-1', 'R-2', 'R-3']);
    expect(starts.find(({ run }) => run === 'R-1')?.attempt).toBe(2);
    expect(starts.find(({ run }) => run === 'R-2')?.attempt).toBe(1);
    expect(lost).toEqual([]);
    expect((await stores.settings.find()).map(({ id }) => id)).toEqual(['R-1', 'R-2', 'R-3']);
    await worker.close();
    await queue.close();
    await database.close();
    await remove();
  });
});
