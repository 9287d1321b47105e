import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const Owner = z.object({ token: z.string(), pid: z.number().int(), host: z.string(), started: z.string().nullable() });
type Owner = z.infer<typeof Owner>;

const beatMilliseconds = 1_000;

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only user of a folder. Rejects while another living process holds it; what a killed process left
 * behind is recognised and taken over.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'lock');
  const mine: Owner = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    started: await startOf(process.pid),
  };

  for (let tries = 0; !(await claim(path, mine)); tries++) {
    const owner = await readOwner(path);
    if (owner && (await isAlive(path, owner))) {
      throw new Error(
        `${folder} is in use by process ${owner.pid} on ${owner.host}. Stop it first, or give this one another folder (TALBOT_DATA).`,
      );
    }
    if (tries > 20)
      throw new Error(`${path} can neither be read nor replaced; remove it if nothing else uses ${folder}.`);
    await setAside(path, owner);
    await pause(50);
  }

  const beat = setInterval(() => void touch(path), beatMilliseconds);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      if ((await readOwner(path))?.token === mine.token) await rm(path, { force: true });
    },
  };
}

async function claim(path: string, mine: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(mine), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    return Owner.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch (error) {
    // A file without sense is one whose writer died, or is just writing: the caller looks again.
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Moves a dead owner's file away. A rename, so that of two processes that do this only one moves that file. */
async function setAside(path: string, owner: Owner | null): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readOwner(aside);
  // Somebody else was quicker and the file moved is already theirs: it goes back.
  if (moved && moved.token !== owner?.token) await claim(path, moved);
  await rm(aside, { force: true });
}

async function isAlive(path: string, owner: Owner): Promise<boolean> {
  // Process numbers mean nothing across hosts, and containers: there only the heartbeat tells.
  if (owner.host !== hostname()) return beats(path);
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  return owner.started === null || owner.started === (await startOf(owner.pid));
}

async function beats(path: string): Promise<boolean> {
  const before = await modified(path);
  await pause(3 * beatMilliseconds);
  return (await modified(path)) !== before;
}

async function modified(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function touch(path: string): Promise<void> {
  try {
    const seconds = (await stat(path)).mtimeMs / 1000 + 1;
    await utimes(path, seconds, seconds);
  } catch {
    // The folder was removed under a running process: there is nothing left to guard.
  }
}

/** When a process started, so that a number used again is not taken for the old process; null where the system does not say. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
