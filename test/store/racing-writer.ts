import { ConflictError } from '../../src/errors';
import type { Stores } from '../../src/ports/stores';
import { createMongoStores } from '../../src/store/mongo/stores';

/** Adds one to the same document so many times, reading again after each conflict. */
async function race(url: string, database: string, times: number): Promise<void> {
  const stores = await createMongoStores({ url, database });
  for (let done = 0; done < times; done++) {
    await stores.next('raced');
    await addOne(stores);
  }
  await stores.close();
  process.stdout.write('done\n');
}

async function addOne(stores: Stores): Promise<void> {
  try {
    const found = (await stores.settings.get('sum')) ?? (await stores.settings.insert({ id: 'sum', value: '0' }));
    await stores.settings.update({ ...found, value: String(Number(found.value) + 1) });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await addOne(stores);
  }
}

void race(process.argv[2] ?? '', process.argv[3] ?? '', Number(process.argv[4]));
