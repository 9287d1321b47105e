import { openEmbeddedDatabase } from '../../src/store/embedded/database';
import { createEmbeddedStores } from '../../src/store/embedded/stores';
import { storesContract } from '../contracts/stores.contract';
import { startScript } from '../start-script';
import { freshDatabaseFolder } from './fresh-database';

describe('stores on the embedded database', () => {
  storesContract(async () => {
    const { folder, remove } = await freshDatabaseFolder();
    let database = await openEmbeddedDatabase(folder);
    return {
      stores: await createEmbeddedStores(database),
      async reopen() {
        await database.close();
        database = await openEmbeddedDatabase(folder);
        return createEmbeddedStores(database);
      },
      async close() {
        await database.close();
        await remove();
      },
    };
  });
});

describe('the folder of the embedded database', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabaseFolder>>;
  beforeEach(async () => {
    fresh = await freshDatabaseFolder();
  });
  afterEach(() => fresh.remove());

  test('belongs to one process, and the second is told which one', async () => {
    const other = startScript('store/hold-database.ts', fresh.folder);
    await other.line('written');
    await expect(openEmbeddedDatabase(fresh.folder)).rejects.toThrow(
      new RegExp(`in use by process ${other.child.pid} .*TALBOT_DATA`),
    );
    await other.kill();
  });

  test('is taken over from a process that was killed while it wrote, with everything acknowledged', async () => {
    const other = startScript('store/hold-database.ts', fresh.folder, 'write');
    await other.line('written 40');
    await other.kill();

    const database = await openEmbeddedDatabase(fresh.folder);
    const stores = await createEmbeddedStores(database);
    const kept = await stores.settings.find({ limit: 100_000 });
    expect(kept.length).toBeGreaterThanOrEqual(40);
    for (let number = 1; number <= 40; number++) expect(kept.map(({ id }) => id)).toContain(`s${number}`);
    await database.close();
  });

  test('two openers at once: one gets it', async () => {
    const tries = await Promise.allSettled([openEmbeddedDatabase(fresh.folder), openEmbeddedDatabase(fresh.folder)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const opened of tries) if (opened.status === 'fulfilled') await opened.value.close();
    await (await openEmbeddedDatabase(fresh.folder)).close();
  });

  test('data of a newer program is refused', async () => {
    const database = await openEmbeddedDatabase(fresh.folder);
    await createEmbeddedStores(database);
    await database.query("UPDATE talbot.facts SET value = 999 WHERE name = 'version'");
    await expect(createEmbeddedStores(database)).rejects.toThrow(/newer Talbot/);
    await database.close();
  });
});
