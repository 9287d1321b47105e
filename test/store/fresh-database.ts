import { randomUUID } from 'node:crypto';
import { access, cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openEmbeddedDatabase } from '../../src/store/embedded/database';

/** A folder with an initialised embedded database: a copy of one made once per machine, as making one takes three seconds. */
export async function freshDatabaseFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'talbot-database-'));
  await cp(await template(), folder, { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function template(): Promise<string> {
  const manifest = join(__dirname, '../../node_modules/@electric-sql/pglite/package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8')));
  const path = join(tmpdir(), `talbot-template-${version}-${process.getuid?.() ?? 0}`);
  try {
    await access(path);
    return path;
  } catch {
    const making = `${path}-${randomUUID()}`;
    await (await openEmbeddedDatabase(making)).close();
    try {
      await rename(making, path);
    } catch {
      // Another worker was first; theirs is as good.
      await rm(making, { recursive: true, force: true });
    }
    return path;
  }
}
