import type { TableSchema } from '../../src/kql/compile-input';
import { createCompilerThread } from '../../src/kql/compiler-thread';

const tables: TableSchema[] = [{ name: 'Logs', columns: [{ name: 'Message', type: 'string' }] }];

describe('the compiler thread', () => {
  it('compiles, refuses with a place, and goes on', async () => {
    const thread = createCompilerThread();
    try {
      const compiled = await thread.compile({ text: 'Logs | where Message has "x"', tables, now: 0n });
      expect(compiled).toMatchObject({ kind: 'compiled', compiled: { tables: ['Logs'] } });
      await expect(thread.compile({ text: 'Logs | wher Message', tables, now: 0n })).rejects.toMatchObject({
        code: 'syntax',
        start: 7,
      });
      await expect(thread.compile({ text: 'Logs | count', tables, now: 0n })).resolves.toMatchObject({
        compiled: { columns: [{ name: 'Count', type: 'long' }] },
      });
    } finally {
      await thread.close();
    }
  });

  it('is killed when a query takes too long, and comes back', async () => {
    const thread = createCompilerThread({ milliseconds: 300 });
    const slow = `print ${Array.from({ length: 15_000 }, (_, i) => `x${i} = strcat("a", ${i})`).join(', ')}`;
    try {
      await expect(
        thread.compile({ text: slow.slice(0, 199_000).replace(/, [^,]*, [^,]*$/, ''), tables, now: 0n }),
      ).rejects.toMatchObject({ code: 'limit' });
      await expect(thread.compile({ text: 'Logs | count', tables, now: 0n })).resolves.toMatchObject({
        compiled: { tables: ['Logs'] },
      });
    } finally {
      await thread.close();
    }
  });

  it('refuses what is too long or nests too deeply without asking the parser', async () => {
    const thread = createCompilerThread();
    try {
      await expect(
        thread.compile({ text: `print ${'('.repeat(20_000)}1${')'.repeat(20_000)}`, tables, now: 0n }),
      ).rejects.toMatchObject({ code: 'limit' });
      await expect(thread.compile({ text: ' '.repeat(300_000), tables, now: 0n })).rejects.toMatchObject({
        code: 'limit',
      });
    } finally {
      await thread.close();
    }
  });
});
