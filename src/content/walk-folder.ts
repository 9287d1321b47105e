import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type FoundFile, importLimits, mayHoldContent, mostBytesOf, tooLarge } from './found-file';

/**
 * Every file below a folder, in the order of their names, paths with `/`. Links are not followed, folders of tools such as
 * `.git` not entered, and what is larger or more than `importLimits` is refused by name.
 */
export async function* walkFolder(root: string): AsyncGenerator<FoundFile> {
  const budget = { files: 0, bytes: 0 };
  yield* walk(root, '', budget);
}

async function* walk(root: string, under: string, budget: { files: number; bytes: number }): AsyncGenerator<FoundFile> {
  const entries = await readdir(path.join(root, under), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) {
      if (/^(?:\..*|node_modules)$/.test(entry.name)) yield { path: `${at}/`, refused: 'is a folder of tools' };
      else yield* walk(root, at, budget);
      continue;
    }
    budget.files += 1;
    if (budget.files > importLimits.files) {
      yield {
        path: at,
        refused: `and all that follow: an import looks at ${importLimits.files.toLocaleString('en-US')} files`,
      };
      return;
    }
    yield await foundAt(root, at, entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other', budget);
  }
}

/** One file of a folder, read within its limit. */
export async function foundAt(
  root: string,
  at: string,
  what: 'file' | 'link' | 'other',
  budget: { bytes: number },
): Promise<FoundFile> {
  if (what === 'link') return { path: at, refused: 'is a link, which is not followed' };
  if (what === 'other') return { path: at, refused: 'is no plain file' };
  if (!mayHoldContent(at)) return { path: at, refused: 'is no kind of file that holds content' };
  const full = path.join(root, at);
  const { size } = await lstat(full);
  if (size > mostBytesOf(at)) return { path: at, refused: tooLarge(size, mostBytesOf(at)) };
  if (budget.bytes + size > importLimits.all)
    return { path: at, refused: tooLarge(budget.bytes + size, importLimits.all) };
  budget.bytes += size;
  try {
    // A file that is changed for a link in this moment is not followed either.
    const file = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return { path: at, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'ENOENT', 'ELOOP'].includes(code)) throw error;
    return { path: at, refused: code === 'ENOENT' ? 'went away while it was read' : `may not be read (${code})` };
  }
}
