import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** The cache is out of date, and other processes that read it keep it from being brought up to date. */
export class CacheBusy extends Error {}

/** The file that holds the cache of a log folder, inside a folder of caches. */
export async function cacheFile(logs: string, cacheFolder: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(logs))
    .digest('hex')
    .slice(0, 12);
  return path.join(cacheFolder, `logs-${name}.duckdb`);
}
