import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const Found = z.object({ url: z.string(), what: z.string() });
const Servers = z.object({ redis: Found.nullable(), mongodb: Found.nullable() });
export type Servers = z.infer<typeof Servers>;

/** What the whole run was started with; suites for a server that is missing leave themselves out. */
export function testServers(): Servers {
  const given = process.env.TALBOT_TEST_SERVERS;
  return given === undefined ? { redis: null, mongodb: null } : Servers.parse(JSON.parse(given));
}

export interface StartedServers {
  servers: Servers;
  stop(): Promise<void>;
}

/** Takes the servers that are given, starts those whose programs are found, and leaves the rest out. Installs nothing. */
export async function startServers(): Promise<StartedServers> {
  const folder = await mkdtemp(join(tmpdir(), 'talbot-servers-'));
  const stops: (() => Promise<void>)[] = [];
  const redis = await findRedis(folder, stops);
  const mongodb = await findMongo(folder, stops);
  return {
    servers: { redis, mongodb },
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Finding = z.infer<typeof Found> | null;

async function findRedis(folder: string, stops: (() => Promise<void>)[]): Promise<Finding> {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, what: 'the one of REDIS_URL' };
  const program = await findProgram('redis-server');
  if (!program) return null;
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const started = await startProgram(program, (port) => [...options, '--port', `${port}`], folder);
  stops.push(started.stop);
  return { url: `redis://127.0.0.1:${started.port}`, what: program };
}

async function findMongo(folder: string, stops: (() => Promise<void>)[]): Promise<Finding> {
  if (process.env.MONGODB_URL) return { url: process.env.MONGODB_URL, what: 'the one of MONGODB_URL' };
  const mongod = await findProgram('mongod');
  if (mongod) {
    const options = ['--dbpath', folder, '--bind_ip', '127.0.0.1', '--nounixsocket'];
    const started = await startProgram(mongod, (port) => [...options, '--port', `${port}`], folder);
    stops.push(started.stop);
    return { url: `mongodb://127.0.0.1:${started.port}`, what: mongod };
  }

  // SecantusDB, from PyPI: MongoDB's protocol on MongoDB's own storage engine.
  const secantus = await findProgram('secantusd-py');
  if (secantus) {
    const options = ['--host', '127.0.0.1', '--storage-path', join(folder, 'secantus'), '--log-level', 'ERROR'];
    const started = await startProgram(secantus, (port) => [...options, '--port', `${port}`], folder);
    stops.push(started.stop);
    return { url: `mongodb://127.0.0.1:${started.port}`, what: `${secantus} (a stand-in)` };
  }
  return process.env.MONGODB_MEMORY_SERVER === '1' ? downloadMongo(stops) : null;
}

async function downloadMongo(stops: (() => Promise<void>)[]): Promise<Finding> {
  const { MongoMemoryServer } = await import('mongodb-memory-server');
  const started = MongoMemoryServer.create().catch((error: unknown) => {
    process.stderr.write(`mongodb-memory-server: ${error}\n`);
    return null;
  });
  const server = await Promise.race([started, pause(120_000, null, { ref: false })]);
  if (!server) return null;
  stops.push(async () => {
    await server.stop();
  });
  return { url: server.getUri(), what: 'mongodb-memory-server' };
}

/** On the PATH, or where the continuous build keeps what it fetched. A program that does not even start does not count. */
async function findProgram(name: string): Promise<string | null> {
  const root = join(__dirname, '..');
  for (const folder of [join(root, '.cache', 'bin'), ...(process.env.PATH ?? '').split(delimiter)]) {
    const path = join(folder, name);
    if ((await isExecutable(path)) && (await runs(path))) return path;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runs(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(path, ['--help'], { stdio: 'ignore', timeout: 20_000 });
    child.once('error', () => resolve(false));
    // redis-server ends its help with 1.
    child.once('exit', (code) => resolve(code === 0 || code === 1));
  });
}

interface Started {
  port: number;
  stop(): Promise<void>;
}

/** On a free port; should somebody else take that one first, on another. */
async function startProgram(program: string, options: (port: number) => string[], cwd: string): Promise<Started> {
  for (let tries = 0; tries < 3; tries++) {
    const port = await freePort();
    const child = spawn(program, options(port), { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const stop = async () => {
      process.off('exit', kill);
      kill();
      await gone;
    };
    if (await listens(port, child)) return { port, stop };
    await stop();
  }
  throw new Error(`${program} was found but does not start`);
}

async function listens(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    // Somebody else's server may answer in its place: then the child is about to end.
    if (await answers(port)) {
      await pause(200);
      return child.exitCode === null;
    }
    await pause(50);
  }
  return false;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}
