import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { listLogFolder } from '../load/log-files';

/**
 * What the files of a log folder look like from outside (names, sizes, times of change), with its stored functions and
 * whatever else queries read: a text that differs as soon as one of them has changed. Reads no file.
 */
export async function folderState(folder: string, others: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const { files, functions } = await listLogFolder(folder);
  for (const file of files) hash.update(`${file.path}\0${file.bytes}\0${file.modified}\n`);
  for (const one of [...functions, ...others]) hash.update(await stateOf(one));
  return hash.digest('hex');
}

async function stateOf(file: string): Promise<string> {
  const info = await stat(file).catch(() => undefined);
  if (!info) return `${file}\0gone\n`;
  if (!info.isDirectory()) return `${file}\0${info.size}\0${info.mtimeMs}\n`;
  const entries = (await readdir(file)).sort();
  const states = await Promise.all(entries.map((entry) => stateOf(path.join(file, entry))));
  return `${file}\n${states.join('')}`;
}
