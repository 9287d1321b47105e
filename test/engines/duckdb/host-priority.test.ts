import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDuckdbEngine } from '../../../src/engines/duckdb/engine';

/** The fields of a stat file behind the program's name, which may hold spaces. */
function fieldsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** The priorities of all threads of the engines that this process started. */
function prioritiesOfChildren(): number[] {
  const children = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        fieldsOf(`/proc/${name}/stat`)[1] === String(process.pid) &&
        readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('host-process')
      );
    } catch {
      return false;
    }
  });
  return children.flatMap((id) =>
    readdirSync(`/proc/${id}/task`).map((thread) => Number(fieldsOf(`/proc/${id}/task/${thread}/stat`)[16])),
  );
}

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the process of the engine', () => {
  onLinux('gives way to the bot with every thread', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'talbot-priority-'));
    const engine = await createDuckdbEngine({
      logs: folder,
      dataFolder: join(folder, 'data'),
      clock: { now: () => new Date() },
    });
    try {
      const query = { text: 'range a from 1 to 100000 step 1 | summarize sum(a)', asOf: new Date() };
      await engine.run({ ...query, limits: { rows: 10, milliseconds: 60_000 } }, async () => undefined);
      const priorities = prioritiesOfChildren();
      expect(priorities.length).toBeGreaterThan(10);
      expect(priorities.filter((priority) => priority <= 0)).toEqual([]);
    } finally {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
