import { UserError } from '../errors';
import { readSolutionData, type SolutionData } from './read-solution';
import { decodeText } from './readers/decode-text';
import type { WatchlistAbout } from './readers/read-watchlist';

/** A solution's folder inside what is imported. */
export interface ContentGroup {
  /** Path of the folder, without `/` at the end; empty for the whole. */
  folder: string;
  data: SolutionData;
}

/** The path of a solution's folder where the file is its `Data/Solution_*.json`. */
export function solutionFolder(path: string): string | undefined {
  const match = /^(?:(.*)\/)?Data\/Solution_[^/]*\.json$/i.exec(path);
  return match ? (match[1] ?? '') : undefined;
}

/** Files that belong to a solution's folder without being content of their own. */
export function isSolutionFile(path: string): boolean {
  return (
    solutionFolder(path) !== undefined ||
    /(?:^|\/)(?:SolutionMetadata|createUiDefinition|mainTemplate)\.json$/i.test(path)
  );
}

/** Reads `Data/Solution_*.json`; a text says what is wrong with it. */
export function readGroup(path: string, bytes: Uint8Array): ContentGroup | string {
  try {
    return { folder: solutionFolder(path) ?? '', data: readSolutionData(decodeText(bytes, path), path) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message.startsWith(`${path} `) ? error.message.slice(path.length + 1) : error.message;
  }
}

/** The innermost solution folder that a file is in. */
export function groupOf(groups: readonly ContentGroup[], path: string): ContentGroup | undefined {
  return groups
    .filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** What a solution says of one of its watchlists. */
export function watchlistAbout(group: ContentGroup, path: string): WatchlistAbout | undefined {
  const inside = group.folder === '' ? path : path.slice(group.folder.length + 1);
  const entry = group.data.Watchlists.find(
    (one) => one.path.replace(/^\.?\//, '').toLowerCase() === inside.toLowerCase(),
  );
  if (!entry) return undefined;
  const more = 'alias' in entry ? entry : undefined;
  const alias =
    more?.alias ??
    inside
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]+$/, '') ??
    inside;
  return { ...more, alias, version: group.data.Version };
}

/** Parts that a solution names, by their paths inside of what is imported; folders above it (`BasePath`) are no matter. */
export function namedParts({ folder, data }: ContentGroup): string[] {
  const named = [...data['Hunting Queries'], ...data['Analytic Rules'], ...data.Parsers, ...data.Playbooks];
  const all = [...named, ...data.Watchlists.map((one) => one.path)].map((one) => one.replace(/^\.?\//, ''));
  return all.map((one) => (folder === '' ? one : `${folder}/${one}`));
}
