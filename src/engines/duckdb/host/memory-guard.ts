import os from 'node:os';
import { Worker } from 'node:worker_threads';

/** What the guard ends this process with: ends it on every system, and tells the parent why where signals have names. */
export const memorySignal: NodeJS.Signals = os.platform() === 'win32' ? 'SIGKILL' : 'SIGUSR2';

const megabyte = 2 ** 20;
/** What the parser, the compiler's thread and the pages under way take besides the database's own limit. */
const besides = 1536 * megabyte;
/** From there on the process ends before the machine runs out. */
const further = 1024 * megabyte;

export interface MemoryBounds {
  /** Bytes of the whole process past which its queries are stopped. */
  stop: number;
  /** Bytes past which it is ended, at once: what grew could not be stopped. */
  end: number;
}

/** `memoryLimit` as DuckDB writes sizes; without a number in it nothing is added to the machine's own bounds. */
export function memoryBounds(memoryLimit: string, machine = os.totalmem()): MemoryBounds {
  const own = bytesOf(memoryLimit) ?? machine;
  return {
    stop: Math.min(own + besides, machine * 0.85),
    end: Math.min(own + besides + further, machine * 0.95),
  };
}

/**
 * Watches the memory of this process from a thread of its own, because the database's limit does not count the texts that
 * an expression makes, and a single one may fill the machine. Calls `onStop` past the first bound; ends the process past
 * the second, or where five seconds after `onStop` it is still past the first.
 */
export function guardMemory(bounds: MemoryBounds, onStop: () => void): void {
  const worker = new Worker(watch, {
    eval: true,
    workerData: { ...bounds, signal: memorySignal },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  worker.on('message', onStop);
  worker.unref();
}

const watch = `
const { parentPort, workerData: { stop, end, signal } } = require('node:worker_threads');
let since;
setInterval(() => {
  const used = process.memoryUsage.rss();
  if (used <= stop) since = undefined;
  else if (since === undefined) {
    since = performance.now();
    parentPort.postMessage('stop');
  }
  if (used > end || (since !== undefined && performance.now() - since > 5000)) process.kill(process.pid, signal);
}, 50);
`;

const units: Record<string, number> = { K: 1000, M: 1000 ** 2, G: 1000 ** 3, T: 1000 ** 4 };
const binaryUnits: Record<string, number> = { K: 2 ** 10, M: megabyte, G: 2 ** 30, T: 2 ** 40 };

function bytesOf(size: string): number | undefined {
  const found = /^\s*([\d.]+)\s*([KMGT])(i?)B?\s*$/i.exec(size);
  const [, number, unit, binary] = found ?? [];
  if (number === undefined || unit === undefined) return undefined;
  return Number(number) * ((binary ? binaryUnits : units)[unit.toUpperCase()] ?? 1);
}
