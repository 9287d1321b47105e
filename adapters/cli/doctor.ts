import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { checkUpRedis } from '../../jobs/check-up-redis';
import { type Config, ConfigError, readConfig } from '../../src/config';
import type { QueryEngine } from '../../src/ports/query-engine';
import { createMongoStores } from '../../src/store/mongo/stores';
import { azureEngines } from '../parts';
import { checkUpSlack } from '../slack/check-up';
import { systemClock } from '../system-clock';
import { checkUpTeams } from '../teams/check-up';

interface CheckUp {
  found: string;
  faults: string[];
}

/** `npm run doctor`: looks at settings, folders, servers and tokens, and says what is missing. Exits 1 where something is. */
async function examine(): Promise<number> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return 1;
  }
  let wrong = 0;
  for (const [part, look] of parts(config)) {
    const { found, faults } = await look().catch(
      (error: unknown): CheckUp => ({ found: '', faults: [error instanceof Error ? error.message : String(error)] }),
    );
    wrong += faults.length;
    process.stdout.write(`${faults.length === 0 ? 'ok     ' : 'WRONG  '}${part.padEnd(15)}${found}\n`);
    for (const fault of faults) process.stdout.write(`       ${''.padEnd(15)}${fault}\n`);
  }
  process.stdout.write(
    wrong === 0 ? '\nNothing is missing.\n' : `\n${wrong === 1 ? 'One thing is' : `${wrong} things are`} wrong.\n`,
  );
  return wrong === 0 ? 0 : 1;
}

function parts(config: Config): [string, () => Promise<CheckUp>][] {
  const { SLACK_BOT_TOKEN: botToken, MONGODB_URL: mongo, REDIS_URL: redis } = config;
  return [
    ['Node', async () => ({ found: process.version, faults: nodeFaults(process.versions.node) })],
    ['Data', () => folder(config.TALBOT_DATA)],
    ['Logs', () => logs(config)],
    ...azureEngines(config, systemClock, () => undefined).map((engine): [string, () => Promise<CheckUp>] => [
      engine.name,
      () => answers(engine),
    ]),
    ['Port', () => port(config.PORT, config.HOST)],
    ['Store', mongo === undefined ? async () => ({ found: 'embedded', faults: [] }) : () => database(mongo)],
    ['Queue', redis === undefined ? async () => ({ found: 'embedded', faults: [] }) : () => checkUpRedis(redis)],
    ['Slack', botToken === undefined ? off : () => checkUpSlack({ botToken, apiUrl: config.SLACK_API_URL })],
    ['Teams', config.MicrosoftAppId === undefined ? () => anonymous(config) : () => teams(config)],
    ['Links', async () => ({ found: config.publicUrl, faults: linkFaults(config) })],
  ];
}

async function off(): Promise<CheckUp> {
  return { found: 'off', faults: [] };
}

async function anonymous(config: Config): Promise<CheckUp> {
  return { found: config.local ? 'anonymous, for this machine only' : 'off', faults: [] };
}

function teams(config: Config): Promise<CheckUp> {
  return checkUpTeams({
    appId: config.MicrosoftAppId,
    appPassword: config.MicrosoftAppPassword,
    appTenantId: config.MicrosoftAppTenantId,
    appType: config.MicrosoftAppType,
  });
}

function nodeFaults(version: string): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19) ? [] : ['Node.js 20.19 or newer is needed.'];
}

async function folder(name: string): Promise<CheckUp> {
  await mkdir(name, { recursive: true });
  await access(name, constants.R_OK | constants.W_OK);
  return { found: path.resolve(name), faults: [] };
}

async function answers(engine: QueryEngine): Promise<CheckUp> {
  const request = { text: 'print ok = 1', asOf: systemClock.now(), limits: { rows: 1, milliseconds: 20_000 } };
  try {
    await engine.run(request, async () => undefined);
    return { found: 'answers', faults: [] };
  } finally {
    await engine.close();
  }
}

async function logs({ TALBOT_LOGS: name, TALBOT_ENGINE }: Config): Promise<CheckUp> {
  if (name === undefined && TALBOT_ENGINE !== 'duckdb') return { found: `those of ${TALBOT_ENGINE}`, faults: [] };
  if (name === undefined) return { found: 'the generated sample', faults: [] };
  const entries = await readdir(name);
  return {
    found: `${path.resolve(name)}, ${entries.length} entries`,
    faults: entries.length === 0 ? ['The folder is empty.'] : [],
  };
}

async function database(url: string): Promise<CheckUp> {
  const stores = await createMongoStores({ url });
  try {
    const hunts = await stores.hunts.count({});
    return { found: `MongoDB, ${hunts} hunts`, faults: [] };
  } finally {
    await stores.close();
  }
}

function port(number: number, host: string): Promise<CheckUp> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({
        found: `${host}:${number}`,
        faults: [
          error.code === 'EADDRINUSE' ? 'Something listens there already (Talbot itself, perhaps).' : error.message,
        ],
      }),
    );
    server.listen(number, host, () => server.close(() => resolve({ found: `${host}:${number} is free`, faults: [] })));
  });
}

function linkFaults(config: Config): string[] {
  const local = new URL(config.publicUrl).hostname;
  const outside = config.SLACK_BOT_TOKEN !== undefined || config.MicrosoftAppId !== undefined;
  return outside && ['127.0.0.1', 'localhost', '0.0.0.0'].includes(local)
    ? ['PUBLIC_URL is not set: download links lead people to their own machine.']
    : [];
}

examine().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
