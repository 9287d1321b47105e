import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { generateSampleLogs } from '../src/content/sample-logs/generate-sample-logs';

const Mark = z.object({ writtenAt: z.coerce.date() });

/** After this long the sample's last day is too far behind "the last 7 days" to be found. */
const freshMilliseconds = 5 * 86_400_000;

/** The folder of generated sample logs, written at the first start and anew when they have become old. */
export async function sampleLogs(dataFolder: string, now: Date, say: (text: string) => void): Promise<string> {
  const folder = path.join(dataFolder, 'sample-logs');
  const mark = path.join(dataFolder, 'sample-logs.json');
  if (existsSync(folder) && (await isFresh(mark, now))) return folder;

  const half = `${folder}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  let said = 0;
  const { tables } = await generateSampleLogs(half, {
    now,
    onProgress(share) {
      const tenth = Math.floor(share * 10);
      if (tenth > said) say(`Writing sample logs … ${tenth * 10} %`);
      said = tenth;
    },
  });
  await rm(folder, { recursive: true, force: true });
  await rename(half, folder);
  await writeFile(mark, JSON.stringify({ writtenAt: now }));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(`Sample logs: ${rows.toLocaleString('en-US')} rows in ${tables.length} tables over 30 days`);
  return folder;
}

async function isFresh(mark: string, now: Date): Promise<boolean> {
  try {
    const { writtenAt } = Mark.parse(JSON.parse(await readFile(mark, 'utf8')));
    const age = now.getTime() - writtenAt.getTime();
    return age >= 0 && age < freshMilliseconds;
  } catch {
    // A mark that is missing or torn means: write them again.
    return false;
  }
}
