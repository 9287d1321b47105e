import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { generateSampleLogs } from '../../src/content/sample-logs/generate-sample-logs';

/**
 * The folder of the sample logs inside the data folder; written the first time, with everything before `now`. It appears
 * under its name once it is whole, so a kill leaves nothing half done.
 */
export async function sampleLogsFolder(
  dataFolder: string,
  now: Date,
  onProgress?: (share: number) => void,
): Promise<string> {
  const folder = path.resolve(dataFolder, 'sample-logs');
  if (await exists(folder)) return folder;
  const part = `${folder}-${process.pid}.part`;
  await generateSampleLogs(part, { now, ...(onProgress ? { onProgress } : {}) });
  try {
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  }
  return folder;
}

async function exists(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined)) !== undefined;
}
