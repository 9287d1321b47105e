import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const TestConfig = z.object({
  config: z.object({
    currentUser: z.object({ id: z.string(), name: z.string(), aadObjectId: z.string() }),
    bot: z.object({ id: z.string(), name: z.string() }),
    users: z.array(z.object({ id: z.string(), name: z.string(), aadObjectId: z.string() })),
    personalChat: z.object({ id: z.string() }),
    teams: z.array(z.object({ channels: z.array(z.object({ id: z.string() })) })),
  }),
});

export interface Playground {
  url: string;
  config: z.infer<typeof TestConfig>['config'];
  /** What it recorded of the messages and edits it was sent, as text. */
  recording(): string;
  call(path: string, body: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** The command of Microsoft's Agents Playground; undefined where the package is not installed. */
export function playgroundCommand(): string | undefined {
  try {
    return join(dirname(require.resolve('@microsoft/m365agentsplayground/package.json')), 'cli.js');
  } catch {
    return undefined;
  }
}

export async function startPlayground(command: string, endpoint: string): Promise<Playground> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const file = join(folder, 'recording.log');
  const child = spawn(
    process.execPath,
    [command, '-e', endpoint, '-c', 'msteams', '-p', String(port), '--er', '--disable-telemetry'],
    {
      cwd: folder,
      env: { ...process.env, BROWSER: 'none', M365_AGENTS_PLAYGROUND_RECORDING_FILE: file },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  await listening(child);
  const url = `http://127.0.0.1:${port}`;
  const { config } = TestConfig.parse(await (await fetch(`${url}/_internal/v1/testConfig`)).json());
  return {
    url,
    config,
    recording: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    async call(path, body) {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`the playground answered ${path} with ${response.status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Listening on')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the playground ended with ${code}: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
