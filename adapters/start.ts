import { spawn } from 'node:child_process';
import { createDispatcher } from '../src/commands/dispatch';
import type { Dispatcher } from '../src/commands/dispatcher';
import { createRegistry } from '../src/commands/registry';
import { ConfigError, readConfig } from '../src/config';
import { builtInQueries } from '../src/content/built-in';
import { fillWriters } from '../src/hunting/fill-writers';
import { attackAtStart } from '../src/hunting/load-attack';
import { seedLibrary } from '../src/hunting/seed-library';
import { createLog } from '../src/log';
import { createChats, platformsOf } from './chats';
import { serveHealth } from './health';
import { furnish, type House, startWorking } from './house';
import { createHttpServer } from './http';
import { serveMetrics } from './metrics';
import { openCarriers, openEngines } from './parts';
import { refuseForwarded } from './refuse-forwarded';
import { createRoleOf } from './role-of';
import { serveFiles } from './serve-files';
import { systemClock } from './system-clock';

interface StartOptions {
  /** Runs jobs in this process too. */
  worker: boolean;
  /** Serves the local chat page, where nothing but this machine can reach it. */
  chat: boolean;
  open: boolean;
}

const known = new Set(['--no-chat', '--no-worker', '--open', '--embedded']);

function readOptions(words: string[]): StartOptions {
  const stray = words.find((word) => !known.has(word));
  if (stray !== undefined) throw new Error(`There is no ${stray}. There is ${[...known].join(', ')}.`);
  return { worker: !words.includes('--no-worker'), chat: !words.includes('--no-chat'), open: words.includes('--open') };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The bot's composition root: opens the parts, ties them together, listens, and takes everything down in the reverse order. */
async function start(options: StartOptions): Promise<void> {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL ?? (config.loopback ? 'warn' : 'info'));
  say('Talbot is waking up …');
  const [carriers, opened] = await Promise.all([openCarriers(config, log), openEngines(config, systemClock, say)]);
  const web = options.chat && config.local && carriers.embedded;

  let dispatcher: Dispatcher | undefined;
  let house: House | undefined;
  const http = createHttpServer();
  let publicUrl = config.publicUrl;
  const chats = createChats({
    config,
    stores: carriers.stores,
    log,
    web,
    pictures: () => {
      if (!house) throw new Error('not started yet');
      return house.pictures.files;
    },
    dispatcher: () => {
      if (!dispatcher) throw new Error('not started yet');
      return dispatcher;
    },
  });
  house = await furnish({
    config,
    log,
    carriers,
    engines: opened.engines,
    queryClock: opened.queryClock,
    chats: platformsOf(chats),
    publicUrl: () => publicUrl,
  });
  const { services, links, pictures } = house;
  await seedLibrary(carriers.stores, systemClock, builtInQueries());
  await fillWriters(carriers.stores);
  const attack = await attackAtStart(carriers, config.TALBOT_ATTACK);
  if (attack) say(attack);
  const anonymous = config.local && !chats.some((chat) => chat.platform.platform === 'slack');
  const roleOf = createRoleOf({
    stores: carriers.stores,
    admins: config.TALBOT_ADMINS,
    defaultRole: config.TALBOT_DEFAULT_ROLE ?? (anonymous ? 'admin' : 'reader'),
  });
  dispatcher = createDispatcher({ ...services, registry: createRegistry(), roleOf });

  if (config.local) refuseForwarded(http.app);
  serveHealth(http.app, carriers);
  serveMetrics(http.app, carriers);
  serveFiles(http.app, { ...services, links });
  for (const chat of chats) chat.mount(http.app);
  const port = await http.listen(config.PORT, config.HOST);
  if (config.PORT === 0 && config.PUBLIC_URL === undefined) publicUrl = publicUrl.replace(/:0$/, `:${port}`);
  for (const chat of chats) await chat.start();
  const worker = options.worker ? await startWorking(config, carriers, services) : undefined;

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    say(`\n${signal}: finishing what runs …`);
    for (const chat of chats) await chat.stop();
    await http.close();
    await worker?.close();
    await pictures.close();
    await opened.close();
    await carriers.close();
    say('Talbot sleeps. Everything is kept.');
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
  greet({ url: publicUrl, web, sample: opened.sample, chats: chats.map((chat) => chat.platform.platform) });
  if (options.open && web) openBrowser(publicUrl);
}

function greet(facts: { url: string; web: boolean; sample: boolean; chats: string[] }): void {
  if (!facts.web) {
    say(`Talbot listens at ${facts.url} (${facts.chats.join(', ')}).`);
    return;
  }
  say(`
Talbot is ready:  ${facts.url}/

Open it and type, in #hunting:
  1.  /hunt tables                                      which logs there are
  2.  /hunt new Somebody sprays passwords at us         your first hunt; open its thread
  3.  queries, then run --since 30d                     in that thread, after @Talbot or !
  4.  /hunt content                                     more queries, in packs to install
${facts.sample ? '\nThe logs are a generated sample. Your own: TALBOT_LOGS=/folder/of/tables npm start\n' : ''}
Stop with Ctrl+C; everything is kept.`);
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => say(`No browser could be opened; the address is ${url}`));
  child.unref();
}

async function main(): Promise<void> {
  try {
    await start(readOptions(process.argv.slice(2)));
  } catch (error) {
    const told = error instanceof ConfigError || error instanceof Error ? error.message : String(error);
    process.stderr.write(`Talbot cannot start. ${told}\n`);
    process.exit(1);
  }
}

void main();
