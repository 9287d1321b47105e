import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { createMongoStores } from '../../src/store/mongo/stores';
import { storesContract } from '../contracts/stores.contract';
import { testServers } from '../servers';
import { startScript } from '../start-script';

const url = testServers().mongodb?.url ?? '';
const describeOnMongo = url === '' ? describe.skip : describe;

async function drop(database: string): Promise<void> {
  const client = await MongoClient.connect(url);
  await client.db(database).dropDatabase();
  await client.close();
}

function databaseName(): string {
  return `talbot_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

describeOnMongo('stores on a MongoDB server', () => {
  storesContract(async () => {
    const database = databaseName();
    let stores = await createMongoStores({ url, database });
    return {
      stores,
      async reopen() {
        await stores.close();
        stores = await createMongoStores({ url, database });
        return stores;
      },
      async close() {
        await stores.close();
        await drop(database);
      },
    };
  });
});

describeOnMongo('a MongoDB server shared by several', () => {
  test('two processes that start together and race for one document lose no update', async () => {
    const database = databaseName();
    const racers = [1, 2].map(() => startScript('store/racing-writer.ts', url, database, '40'));
    const lines = await Promise.all(racers.map((racer) => racer.line('done')));
    expect(lines).toEqual(['done', 'done']);
    expect(await Promise.all(racers.map((racer) => racer.ended))).toEqual([0, 0]);

    const stores = await createMongoStores({ url, database });
    expect(await stores.settings.get('sum')).toEqual({ id: 'sum', version: 81, value: '80' });
    expect(await stores.next('raced')).toBe(81);
    await stores.close();
    await drop(database);
  });

  test('data of a newer program is refused', async () => {
    const database = databaseName();
    await (await createMongoStores({ url, database })).close();
    const client = await MongoClient.connect(url);
    await client
      .db(database)
      .collection<{ _id: string }>('facts')
      .updateOne({ _id: 'version' }, { $set: { value: 999 } });
    await client.close();
    await expect(createMongoStores({ url, database })).rejects.toThrow(/newer Talbot/);
    await drop(database);
  });
});
