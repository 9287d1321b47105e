import { createChats, platformsOf } from '../adapters/chats';
import { furnish, type House, startWorking } from '../adapters/house';
import { openCarriers, openEngines } from '../adapters/parts';
import { systemClock } from '../adapters/system-clock';
import { readConfig } from '../src/config';
import { createLog } from '../src/log';

/** The worker's composition root, for an installation on MongoDB and Redis: runs queries and delivers results, listens nowhere. */
async function start(): Promise<void> {
  const config = readConfig();
  if (config.REDIS_URL === undefined)
    throw new Error(
      'A worker of its own needs MONGODB_URL and REDIS_URL; without them `npm start` runs everything in one process.',
    );
  const log = createLog(config.LOG_LEVEL ?? 'info');
  const [carriers, opened] = await Promise.all([
    openCarriers(config, log),
    openEngines(config, systemClock, (text) => log.info({}, text)),
  ]);
  let house: House | undefined;
  const chats = createChats({
    config,
    stores: carriers.stores,
    log,
    web: false,
    pictures: () => {
      if (!house) throw new Error('not started yet');
      return house.pictures.files;
    },
    dispatcher: () => {
      throw new Error('a worker takes no messages');
    },
  });
  house = await furnish({
    config,
    log,
    carriers,
    engines: opened.engines,
    queryClock: opened.queryClock,
    chats: platformsOf(chats),
    publicUrl: () => config.publicUrl,
  });
  const { services, pictures } = house;
  const worker = await startWorking(config, carriers, services);
  log.info({ chats: [...services.chats.keys()] }, 'worker started');

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await worker.close();
    await pictures.close();
    await opened.close();
    await carriers.close();
    log.info({}, 'worker stopped');
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}

start().catch((error: unknown) => {
  process.stderr.write(`The worker cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
