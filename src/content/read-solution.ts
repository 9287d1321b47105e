import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type HuntingQueryContent, readHuntingQuery } from './read-hunting-query';
import { type ParserContent, readParser } from './readers/read-parser';
import { type PlaybookContent, readPlaybook } from './readers/read-playbook';
import { type RuleTemplateContent, readRuleTemplate } from './readers/read-rule-template';
import { readWatchlist, type WatchlistContent } from './readers/read-watchlist';
import { fileFault, listOf, trimmedText, version } from './readers/sentinel-yaml';

/** A pack of content, read whole. */
export interface SolutionContent {
  /** The folder's name: what people type. */
  slug: string;
  name: string;
  description: string;
  author: string;
  version: string;
  queries: HuntingQueryContent[];
  rules: RuleTemplateContent[];
  parsers: ParserContent[];
  watchlists: WatchlistContent[];
  playbooks: PlaybookContent[];
}

const WatchlistEntry = z.union([
  z.string().transform((file) => ({ path: file })),
  z.object({
    path: z.string(),
    alias: z.string().exactOptional(),
    searchKey: z.string().exactOptional(),
    name: z.string().exactOptional(),
    description: z.string().exactOptional(),
  }),
]);

const DataFile = z.object({
  Name: trimmedText.pipe(z.string().min(1)),
  Description: trimmedText.optional().transform((text) => text ?? ''),
  Author: trimmedText.optional().transform((text) => text ?? ''),
  Version: version,
  'Hunting Queries': listOf(z.string()),
  'Analytic Rules': listOf(z.string()),
  Parsers: listOf(z.string()),
  Watchlists: listOf(WatchlistEntry),
  Playbooks: listOf(z.string()),
});

export type SolutionData = z.infer<typeof DataFile>;

/**
 * Reads a solution folder in the public form: `Data/Solution_*.json` names the parts by paths relative to the folder. Throws
 * UserError `bad-input` that names the first file that is missing, outside the folder or not what it is said to be.
 */
export function readSolution(folder: string): SolutionContent {
  const slug = path.basename(folder);
  const about = readAbout(folder, slug);
  const each = <Part>(files: string[], read: (text: string, source: string) => Part) =>
    files.map((file) => read(readInside(folder, slug, file), `${slug}/${file}`));
  return {
    slug,
    name: about.Name,
    description: about.Description,
    author: about.Author,
    version: about.Version,
    queries: each(about['Hunting Queries'], readHuntingQuery),
    rules: each(about['Analytic Rules'], readRuleTemplate),
    parsers: each(about.Parsers, readParser),
    watchlists: about.Watchlists.map((entry) => {
      const more = 'alias' in entry ? entry : undefined;
      const list = {
        ...more,
        alias: more?.alias ?? path.basename(entry.path, path.extname(entry.path)),
        version: about.Version,
      };
      return readWatchlist(readInside(folder, slug, entry.path), { ...entry, ...list }, `${slug}/${entry.path}`);
    }),
    playbooks: each(about.Playbooks, readPlaybook),
  };
}

function readAbout(folder: string, slug: string): SolutionData {
  const data = path.join(folder, 'Data');
  const name = readdirSync(data).find((file) => /^Solution_.*\.json$/i.test(file));
  if (name === undefined) throw fileFault(slug, 'has no Data/Solution_*.json');
  return readSolutionData(readFileSync(path.join(data, name), 'utf8'), `${slug}/Data/${name}`);
}

/** A solution's `Data/Solution_*.json`. Throws UserError `bad-input`, naming `source` and every fault. */
export function readSolutionData(text: string, source: string): SolutionData {
  const parsed = DataFile.safeParse(parseJson(text, source));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw fileFault(source, `is no solution: ${faults.join('; ')}`);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw fileFault(source, `is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readInside(folder: string, slug: string, file: string): string {
  try {
    const real = realpathSync(path.join(folder, file));
    if (!real.startsWith(`${realpathSync(folder)}${path.sep}`))
      throw fileFault(`${slug}/${file}`, 'is outside its solution');
    return readFileSync(real, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
      throw fileFault(`${slug}/${file}`, 'is named by the solution, and is not there');
    throw error;
  }
}
