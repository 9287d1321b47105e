import { openEmbeddedDatabase } from '../../src/store/embedded/database';
import { createEmbeddedStores } from '../../src/store/embedded/stores';

/** Opens the database and says `written n` after each document, until it is killed; without `write` it only holds on. */
async function hold(folder: string, write: boolean): Promise<void> {
  const stores = await createEmbeddedStores(await openEmbeddedDatabase(folder));
  process.stdout.write('written 0\n');
  for (let number = 1; write; number++) {
    await stores.settings.insert({ id: `s${number}`, value: 'x'.repeat(500) });
    process.stdout.write(`written ${number}\n`);
  }
  setInterval(() => {}, 1_000);
}

void hold(process.argv[2] ?? '', process.argv[3] === 'write');
