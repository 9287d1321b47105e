import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type HuntingQueryContent, readHuntingQuery } from './read-hunting-query';

/**
 * The hunting queries that come with Talbot, by file name. They are read from `src/content/built-in` of the project, which
 * an installation has to carry beside `dist`. Throws when the folder is missing or a file is not a hunting query.
 */
export function builtInQueries(): HuntingQueryContent[] {
  const folder = builtInFolder(__dirname);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readHuntingQuery(readFileSync(path.join(folder, file), 'utf8'), `built-in/${file}`));
}

/** Upwards from the sources or from what was compiled of them. */
function builtInFolder(from: string): string {
  const candidate = path.join(from, 'src', 'content', 'built-in');
  if (existsSync(candidate)) return candidate;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('the folder src/content/built-in is missing');
  return builtInFolder(parent);
}
