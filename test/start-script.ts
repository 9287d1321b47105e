import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Script {
  child: ChildProcess;
  /** Resolves with the first line of standard output that begins so; rejects where the process ends before. */
  line(start: string): Promise<string>;
  /** Resolves with the exit code, null after a signal. */
  ended: Promise<number | null>;
  /** SIGKILL: nothing of the process gets to tidy up. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs a TypeScript file of `test/` as a process of its own. */
export function startScript(file: string, ...options: string[]): Script {
  const child = spawn(process.execPath, ['-r', join(__dirname, 'swc-register.js'), join(__dirname, file), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };

  if (!child.stdout || !child.stderr) throw new Error('the process has no output');
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    wake();
  });
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
      wake();
    });
  });

  return {
    child,
    ended,
    line: (start) =>
      new Promise((resolve, reject) => {
        function look() {
          const found = lines.find((line) => line.startsWith(start));
          if (found === undefined && running.has(child)) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else reject(new Error(`${file} ended without a line "${start}…":\n${[...lines, ...errors].join('\n')}`));
        }
        waiting.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
