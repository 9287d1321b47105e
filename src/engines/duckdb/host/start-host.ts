import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { CacheBusy } from '../cache-file';
import { memorySignal } from './memory-guard';
import type { FromHost, HostOptions, ToHost } from './messages';

export interface Host {
  send(message: ToHost): void;
  /** Ends the process at once. */
  kill(): void;
  /** Ends it and waits until it has. */
  end(): Promise<void>;
}

/**
 * Starts the host process and opens its database. It gets none of this process's environment: no secret is within a
 * query's reach. Rejects where the database cannot be opened; `onExit` is called once when the process is gone later.
 */
export function startHost(
  options: HostOptions,
  on: { message: (message: FromHost) => void; exit: (how: string, byMemory: boolean) => void },
): Promise<Host> {
  const child = fork(path.join(__dirname, `host-process${path.extname(__filename)}`), [], {
    serialization: 'advanced',
    execArgv: nodeOptions(),
    env: { TZ: 'UTC', UV_THREADPOOL_SIZE: '16' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  yieldToPeople(child.pid);
  let byMemory = false;
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      byMemory = signal === memorySignal;
      resolve(howEnded(code, signal));
    });
    child.once('error', (error) => resolve(error.message));
  });
  return new Promise((resolve, reject) => {
    let opened = false;
    child.on('message', (message: FromHost) => {
      if (message.kind === 'opened') {
        opened = true;
        resolve(hostOf(child, gone));
      } else if (message.kind === 'not-opened') {
        reject(message.busy ? new CacheBusy(message.message) : new Error(message.message));
        child.disconnect();
      } else on.message(message);
    });
    gone.then((how) => {
      if (opened) on.exit(how, byMemory);
      else reject(new Error(`The query engine could not start: its process ${how}`));
    });
    send(child, { kind: 'open', options });
  });
}

/**
 * Queries take every core there is; whoever answers people comes first. Linux gives the priority to the first thread alone, and
 * the rest inherit it when they are made: so it is set while there is no other yet.
 */
function yieldToPeople(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some sandboxes forbid it: queries then compete on equal terms.
  }
}

function hostOf(child: ChildProcess, gone: Promise<string>): Host {
  return {
    send: (message) => send(child, message),
    kill: () => void child.kill('SIGKILL'),
    async end() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await gone;
      clearTimeout(timer);
    },
  };
}

function howEnded(code: number | null, signal: string | null): string {
  if (signal === memorySignal) return 'took more memory than it may';
  if (signal === 'SIGKILL') return 'was ended: it took more memory or time than there is';
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}

/** A message to a process that has just died is answered by its exit. */
function send(child: ChildProcess, message: ToHost): void {
  if (child.connected) child.send(message, () => undefined);
}

/** Out of the TypeScript sources (in tests) the process has to translate them itself. */
function nodeOptions(): string[] {
  if (path.extname(__filename) !== '.ts') return ['--enable-source-maps'];
  return ['-r', path.resolve(__dirname, '../../../../test/swc-register.js')];
}
