import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import {
  type ContentGroup,
  groupOf,
  isSolutionFile,
  namedParts,
  readGroup,
  solutionFolder,
  watchlistAbout,
} from '../content/content-group';
import { type FoundFile, importLimits, tooLarge } from '../content/found-file';
import type { ContentFile } from '../content/readers/content-file';
import { readContentFile } from '../content/readers/read-content-file';
import { foundAt, walkFolder } from '../content/walk-folder';
import { walkZip } from '../content/walk-zip';
import type { ImportLine } from '../domain/content-import';
import { UserError } from '../errors';

/** A piece of content with the file it stood in, and the solution folder that file is in. */
export interface ImportPiece {
  file: string;
  item: ContentFile;
  group: ContentGroup | undefined;
}

export interface ReadImport {
  files: number;
  pieces: ImportPiece[];
  /** Files, and parts of files, that gave nothing. */
  left: ImportLine[];
}

/**
 * The folder that an administrator named, below the content folder: links on the way are followed first, so that none leads out of
 * it. Throws UserError where there is none.
 */
export async function contentFolderPath(contentFolder: string | undefined, name: string): Promise<string> {
  if (contentFolder === undefined)
    throw new UserError(
      'bad-input',
      'No folder of this server may be imported from.',
      'Set TALBOT_CONTENT to the folder that content is kept in, or attach a file to “content import”.',
    );
  try {
    const base = await realpath(contentFolder);
    const wanted = await realpath(path.resolve(base, name));
    if (wanted === base || wanted.startsWith(`${base}${path.sep}`)) return wanted;
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
  throw new UserError(
    'not-found',
    `There is no “${name}” in the content folder.`,
    'Name a folder or file in it, such as “Azure-Sentinel”.',
  );
}

/** What is walked for an import: a folder, an archive, or one file. `alone` is true for one file. */
export async function foundFiles(full: string): Promise<{ files: AsyncIterable<FoundFile>; alone: boolean }> {
  const about = await stat(full);
  if (about.isDirectory()) return { files: prefixed(walkFolder(full), path.basename(full)), alone: false };
  const name = path.basename(full);
  if (!/\.zip$/i.test(name)) {
    const only = await foundAt(path.dirname(full), name, about.isFile() ? 'file' : 'other', { bytes: 0 });
    return { files: each([only]), alone: true };
  }
  if (about.size > importLimits.archive)
    throw new UserError(
      'bad-input',
      `${name} ${tooLarge(about.size, importLimits.archive)}.`,
      'Unpack it, and import the folder.',
    );
  return foundInFile(await readFile(full), name);
}

/** An attached file: a zip archive counts as a folder. */
export function foundInFile(bytes: Uint8Array, name: string): { files: AsyncIterable<FoundFile>; alone: boolean } {
  const archive = /\.zip$/i.test(name) || (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4);
  if (archive) return { files: walkZip(bytes, name), alone: false };
  return { files: each([{ path: name, bytes }]), alone: true };
}

/** Reads everything that is found; `onFile` hears how many so far. Each file gets a turn of its own, so that a bot goes on answering. */
export async function readImport(
  found: { files: AsyncIterable<FoundFile>; alone: boolean },
  onFile: (files: number) => Promise<void>,
): Promise<ReadImport> {
  const pieces: Omit<ImportPiece, 'group'>[] = [];
  const left: ImportLine[] = [];
  const groups: ContentGroup[] = [];
  const seen = new Set<string>();
  let files = 0;
  for await (const one of found.files) {
    files += 1;
    seen.add(one.path.toLowerCase());
    if ('refused' in one) left.push(leftLine(one.path, one.refused));
    else if (solutionFolder(one.path) !== undefined) {
      const group = readGroup(one.path, one.bytes);
      if (typeof group === 'string') left.push(leftLine(one.path, group));
      else groups.push(group);
    } else if (isSolutionFile(one.path)) left.push(leftLine(one.path, 'is about its solution, not content of it'));
    else {
      const group = groupOf(groups, one.path);
      const watchlist = group && watchlistAbout(group, one.path);
      const read = readContentFile(one.bytes, one.path, { alone: found.alone, watchlist });
      pieces.push(...read.items.map((item) => ({ file: one.path, item })));
      left.push(...read.left.map(({ name, why }) => leftLine(one.path, why, name)));
    }
    await onFile(files);
    await turn();
  }
  for (const group of groups)
    for (const part of namedParts(group))
      if (!seen.has(part.toLowerCase())) left.push(leftLine(part, `is named by ${group.data.Name}, and is not there`));
  return { files, left, pieces: pieces.map((one) => ({ ...one, group: groupOf(groups, one.file) })) };
}

function leftLine(file: string, why: string, name = ''): ImportLine {
  return { file, kind: '', name, outcome: 'left', key: '', why, cannotRun: '' };
}

/** Under the folder's own name: an archive of the same folder then gives the same paths. */
async function* prefixed(files: AsyncIterable<FoundFile>, name: string): AsyncGenerator<FoundFile> {
  for await (const file of files) yield { ...file, path: `${name}/${file.path}` };
}

async function* each(files: FoundFile[]): AsyncGenerator<FoundFile> {
  yield* files;
}
