import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { builtInQueries } from './built-in';
import { readSolution, type SolutionContent } from './read-solution';

/** The slug of the queries that every installation has. */
export const essentials = 'essentials';

let read: SolutionContent[] | undefined;

/**
 * The solutions that come with Talbot, by name, the essentials first; read from `src/content/solutions` of the project once,
 * since they only change with the program. Throws where a file of one cannot be read.
 */
export function availableSolutions(): readonly SolutionContent[] {
  read ??= [essentialSolution(), ...ownSolutions()];
  return read;
}

function essentialSolution(): SolutionContent {
  return {
    slug: essentials,
    name: 'Essentials',
    description: 'The hunting queries that every installation has: a first look at the usual ways in, through and out.',
    author: 'Talbot',
    version: '1.0.0',
    queries: builtInQueries(),
    rules: [],
    parsers: [],
    watchlists: [],
    playbooks: [],
  };
}

function ownSolutions(): SolutionContent[] {
  const folder = solutionsFolder(__dirname);
  if (folder === undefined) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, 'Data')))
    .map((entry) => readSolution(path.join(folder, entry.name)))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Upwards from the sources or from what was compiled of them; undefined where there is none. */
function solutionsFolder(from: string): string | undefined {
  const candidate = path.join(from, 'src', 'content', 'solutions');
  if (existsSync(candidate)) return candidate;
  const parent = path.dirname(from);
  return parent === from ? undefined : solutionsFolder(parent);
}
