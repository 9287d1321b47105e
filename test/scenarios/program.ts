import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

export interface Program {
  /** Resolves with the first line of either output in which this stands; rejects where the process ends before. */
  says(words: string): Promise<string>;
  output(): string;
  /** SIGKILL: nothing of the process gets to tidy up. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs one of Talbot's own programs, out of its sources, with these settings and no other. */
export function startProgram(file: string, settings: Record<string, string>, words: string[] = []): Program {
  const child = spawn(process.execPath, ['-r', join(root, 'test', 'swc-register.js'), join(root, file), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  const looks = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    for (const look of looks) look();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
      for (const look of looks) look();
    });
  });
  return {
    output: () => said,
    says: (words) =>
      new Promise((resolve, reject) => {
        function look() {
          const line = said.split('\n').find((one) => one.includes(words));
          if (line === undefined && running.has(child)) return;
          looks.delete(look);
          if (line === undefined) reject(new Error(`${file} ended without “${words}”:\n${said}`));
          else resolve(line);
        }
        looks.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
