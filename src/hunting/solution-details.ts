import type { Context } from '../commands/context';
import type { SolutionContent } from '../content/read-solution';
import type { Solution } from '../domain/solution';
import { type ContentCounts, noContent } from '../views/content-counts';
import type { SolutionLine } from '../views/content-list-card';
import type { SolutionDetails } from '../views/solution-card';
import { hasUpdate, type KnownSolution } from './find-solution';
import { missingTables, tablesHere } from './runnable-queries';

/** The lines of the list of solutions; with words, of those that have all of them in their name, text or queries. */
export async function solutionLines(
  ctx: Context,
  known: KnownSolution[],
  search: string | undefined,
): Promise<SolutionLine[]> {
  const words = (search ?? '').toLowerCase().split(/\s+/);
  const tables = await tablesHere(ctx);
  const lines: SolutionLine[] = [];
  for (const one of known) {
    const queries = await queriesOf(ctx, one);
    const parsers = await parsersOf(ctx, one);
    const text = [
      one.slug,
      one.name,
      one.description,
      one.author,
      ...queries.flatMap((query) => [query.name, ...query.techniques]),
    ];
    const hay = text.join('\n').toLowerCase();
    if (!words.every((word) => hay.includes(word))) continue;
    lines.push({
      slug: one.slug,
      name: one.name,
      version: one.installed?.solutionVersion ?? one.content?.version ?? '',
      state: await stateOf(ctx, one),
      imported: one.installed?.origin === 'import',
      counts: countsOf(one),
      ...(tables
        ? { runnable: queries.filter((query) => missingTables(query, tables, parsers).length === 0).length }
        : {}),
    });
  }
  return lines;
}

/** One solution with all that it holds: as it is here where it is installed, else as it would come. */
export async function solutionDetails(ctx: Context, known: KnownSolution): Promise<SolutionDetails> {
  const { slug, name, description, author, content, installed } = known;
  const tables = await tablesHere(ctx);
  const state = await stateOf(ctx, known);
  const parsers = await parsersOf(ctx, known);
  const queries = (await queriesOf(ctx, known)).map(({ text, dataTypes, ...query }) => ({
    ...query,
    missing: tables ? missingTables({ text, dataTypes }, tables, parsers) : [],
  }));
  return {
    slug,
    name,
    description,
    author,
    state,
    version: installed?.solutionVersion ?? content?.version ?? '',
    ...(state === 'update' && content ? { newer: content.version } : {}),
    ...(installed ? { installed: { by: installed.installedBy.name, at: installed.installedAt } } : {}),
    counts: countsOf(known),
    queries,
    ...(installed ? await storedParts(ctx, slug) : partsOf(content)),
    mayChange: ctx.may('lead'),
  };
}

async function stateOf(ctx: Context, known: KnownSolution): Promise<SolutionLine['state']> {
  if (known.always) return 'always';
  if (!known.installed) return 'available';
  return (await hasUpdate(ctx, known)) ? 'update' : 'installed';
}

function countsOf({ content, installed }: { content?: SolutionContent; installed?: Solution }): ContentCounts {
  const counts = noContent();
  if (installed) {
    for (const item of installed.items) counts[item.kind] += 1;
    return counts;
  }
  counts['hunting-query'] = content?.queries.length ?? 0;
  counts['rule-template'] = content?.rules.length ?? 0;
  counts.parser = content?.parsers.length ?? 0;
  counts.watchlist = content?.watchlists.length ?? 0;
  counts.playbook = content?.playbooks.length ?? 0;
  return counts;
}

async function queriesOf(ctx: Context, known: KnownSolution) {
  if (!known.installed && !known.always)
    return (known.content?.queries ?? []).map(({ name, tactics, techniques, dataTypes, query }) => {
      return { name, tactics, techniques, dataTypes, text: query };
    });
  const stored = await ctx.stores.queries.find({
    where: { solution: { is: known.slug }, hunt: { missing: true }, deletedAt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 10_000,
  });
  return stored.map(({ id, name, tactics, techniques, dataTypes, text, check }) => {
    return { key: id, name, tactics, techniques, dataTypes, text, ...(check ? { check } : {}) };
  });
}

async function parsersOf({ stores }: Context, { slug, content, installed }: KnownSolution) {
  return installed
    ? await stores.parsers.find({ where: { solution: { is: slug } }, limit: 10_000 })
    : (content?.parsers ?? []);
}

type Parts = Pick<SolutionDetails, 'rules' | 'parsers' | 'watchlists' | 'playbooks'>;

function partsOf(content: SolutionContent | undefined): Parts {
  return {
    rules: content?.rules ?? [],
    parsers: (content?.parsers ?? []).map(({ functionName, name }) => ({ name: functionName, title: name })),
    watchlists: (content?.watchlists ?? []).map(({ alias, rows, columns }) => {
      return { alias, rows: rows.length, columns: columns.length };
    }),
    playbooks: content?.playbooks ?? [],
  };
}

async function storedParts({ stores }: Context, slug: string): Promise<Parts> {
  const own = { where: { solution: { is: slug } }, limit: 10_000 };
  const [rules, parsers, watchlists, playbooks] = await Promise.all([
    stores.ruleTemplates.find(own),
    stores.parsers.find(own),
    stores.watchlists.find(own),
    stores.playbookTemplates.find(own),
  ]);
  return {
    rules: rules.map(({ id, name, severity }) => ({ id, name, severity })),
    parsers: parsers.map(({ functionName, name, check }) => ({
      name: functionName,
      title: name,
      ...(check ? { check } : {}),
    })),
    watchlists: watchlists.map(({ alias, rows, columns }) => {
      return { alias, rows: rows.length, columns: columns.length };
    }),
    playbooks: playbooks.map(({ name, worksOn }) => ({ name, worksOn })),
  };
}
