import { constants } from 'node:fs';
import { access, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Folders of engines in this process, which no other engine of it may clear away. */
const inUse = new Set<string>();
let made = 0;

/**
 * A copy of a cache that is being read, in a folder of its own inside `root`, for a process that brings it up to date;
 * undefined where it has more than `largest` bytes, unless the file system copies without writing. Nobody writes a cache that somebody reads, so the copy is whole.
 */
export async function copyCache(file: string, root: string, largest: number): Promise<string | undefined> {
  const folder = path.join(root, `live-${process.pid}-${++made}`);
  inUse.add(folder);
  await mkdir(folder, { recursive: true });
  const copy = path.join(folder, path.basename(file));
  try {
    await copyFile(file, copy, constants.COPYFILE_FICLONE_FORCE);
    return folder;
  } catch {
    // Most file systems cannot share blocks: the bytes are then copied, if they are not too many.
  }
  const { size } = await stat(file);
  if (size > largest) {
    await dropCopy(folder);
    return undefined;
  }
  await copyFile(file, copy);
  return folder;
}

export async function dropCopy(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  inUse.delete(folder);
}

/** Puts an up-to-date copy in the place of the cache it was made from, once nobody of this process reads either: the next start has less to read. */
export async function adoptCopy(folder: string, file: string): Promise<void> {
  const copy = path.join(folder, path.basename(file));
  const writing = await Promise.all([exists(`${file}.wal`), exists(`${copy}.wal`)]);
  // Where it cannot be moved, as on Windows while another process reads the old one, the next start reads the changed logs again.
  if (!writing.includes(true)) await rename(copy, file).catch(() => undefined);
  await dropCopy(folder);
}

/** Removes what processes left behind that ended without clearing up. */
export async function clearCopies(root: string): Promise<void> {
  for (const entry of await readdir(root).catch(() => [])) {
    const owner = Number(/^live-(\d+)-\d+$/.exec(entry)?.[1] ?? Number.NaN);
    const folder = path.join(root, entry);
    if (!Number.isNaN(owner) && !inUse.has(folder) && (owner === process.pid || !isRunning(owner)))
      await rm(folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
