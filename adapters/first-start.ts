import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { generateSampleLogs, sampleVersion } from '../src/content/sample-logs/generate-sample-logs';

const Mark = z.object({ end: z.coerce.date(), version: z.number().default(1) });

export interface SampleLogs {
  folder: string;
  /** The sample's last instant: queries on it take this as "now", so that the same hunt finds the same rows on any day. */
  end: Date;
}

/** The generated sample logs, written at the first start, and again, up to the same instant, by a program that knows a newer sample. */
export async function sampleLogs(dataFolder: string, now: Date, say: (text: string) => void): Promise<SampleLogs> {
  const folder = path.join(dataFolder, 'sample-logs');
  const mark = path.join(dataFolder, 'sample-logs.json');
  const known = existsSync(folder) ? await readMark(mark) : null;
  if (known && known.version >= sampleVersion) return { folder, end: known.end };
  const end = known?.end ?? now;
  if (known) say('The sample logs tell more than before: they are written again, up to the same day.');

  const half = `${folder}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  let said = 0;
  const { tables } = await generateSampleLogs(half, {
    now: end,
    onProgress(share) {
      const tenth = Math.floor(share * 10);
      if (tenth > said) say(`Writing sample logs … ${tenth * 10} %`);
      said = tenth;
    },
  });
  await rm(folder, { recursive: true, force: true });
  await rename(half, folder);
  await writeFile(mark, JSON.stringify({ end, version: sampleVersion }));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(`Sample logs: ${rows.toLocaleString('en-US')} rows in ${tables.length} tables over 30 days`);
  return { folder, end };
}

async function readMark(mark: string): Promise<z.infer<typeof Mark> | null> {
  try {
    return Mark.parse(JSON.parse(await readFile(mark, 'utf8')));
  } catch {
    // A mark that is missing or torn means: write them again.
    return null;
  }
}
