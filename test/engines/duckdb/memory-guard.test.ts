import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { memoryBounds, memorySignal } from '../../../src/engines/duckdb/host/memory-guard';

const gigabyte = 1e9;

test.each([
  ['4GB', 64 * gigabyte, 4e9 + 1536 * 2 ** 20],
  ['512MiB', 64 * gigabyte, 2048 * 2 ** 20],
  ['60GB', 64 * gigabyte, 64 * gigabyte * 0.85],
  ['80%', 10 * gigabyte, 8.5 * gigabyte],
])('%s on a machine of %i bytes stops queries past %i', (limit, machine, stop) => {
  const bounds = memoryBounds(limit, machine);
  expect(bounds.stop).toBe(stop);
  expect(bounds.end).toBeGreaterThan(bounds.stop);
  expect(bounds.end).toBeLessThan(machine);
});

/** A process of its own: the guard ends the one it stands in. */
async function guarded(bounds: string, rest: string): Promise<{ said: string; signal: string | null }> {
  const root = path.resolve(__dirname, '../../..');
  const guard = path.join(root, 'src/engines/duckdb/host/memory-guard.ts');
  const script = `require(${JSON.stringify(guard)}).guardMemory(${bounds}, () => process.stdout.write('stop')); ${rest}`;
  const child = spawn(process.execPath, ['-r', path.join(root, 'test/swc-register.js'), '-e', script]);
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const [, signal] = await once(child, 'exit');
  return { said, signal };
}

test('past the first bound it asks to stop, past the second it ends the process, even one that is busy', async () => {
  expect(await guarded('{ stop: 1, end: 1e15 }', 'setTimeout(() => process.exit(0), 1500)')).toEqual({
    said: 'stop',
    signal: null,
  });
  expect((await guarded('{ stop: 1, end: 2 }', 'for (;;);')).signal).toBe(memorySignal);
});

test('a process within its bounds ends by itself', async () => {
  expect(await guarded('{ stop: 1e15, end: 1e15 }', '')).toEqual({ said: '', signal: null });
});
