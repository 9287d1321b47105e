import type { Context } from '../commands/context';
import type { HuntIdeaContent } from '../content/readers/read-hearth';
import { ideasKey } from '../domain/content-import';
import type { PersonRef } from '../domain/ids';
import { ConflictError } from '../errors';
import type { ResultPages } from '../ports/stores';
import type { ReadImport } from './read-import';
import { recordChange } from './record-change';

/** Keeps an import's hunts without a query, for whoever wants them in the backlog; resolves to how many. */
export async function keepIdeas(results: ResultPages, id: string, read: ReadImport): Promise<number> {
  const ideas = read.pieces.flatMap(({ item }) => (item.kind === 'hunt-idea' ? [item.content] : []));
  for (let at = 0, page = 0; at < ideas.length; at += 200, page += 1)
    await results.put(
      ideasKey(id),
      page,
      ideas.slice(at, at + 200).map((idea) => [JSON.stringify(idea)]),
    );
  return ideas.length;
}

export async function readIdeas(results: ResultPages, id: string): Promise<HuntIdeaContent[]> {
  const ideas: HuntIdeaContent[] = [];
  for await (const rows of results.read(ideasKey(id)))
    for (const [cell] of rows) if (typeof cell === 'string') ideas.push(JSON.parse(cell) as HuntIdeaContent);
  return ideas;
}

/** Makes a hunt of an idea, in the backlog and without a thread; null where there is one already. */
export async function huntOfIdea(
  ctx: Pick<Context, 'stores' | 'clock' | 'log'> & { person: PersonRef },
  idea: HuntIdeaContent,
): Promise<string | null> {
  if ((await ctx.stores.hunts.count({ where: { idea: { is: idea.id } } })) > 0) return null;
  const number = await ctx.stores.next('hunt');
  const now = ctx.clock.now();
  const by = [idea.key, idea.author].filter(Boolean).join(', by ');
  try {
    const hunt = await ctx.stores.hunts.insert({
      id: `H-${number}`,
      number,
      name: (idea.name || idea.hypothesis).slice(0, 200),
      description: [idea.hypothesis, idea.description, by ? `From the idea ${by}.` : '']
        .filter(Boolean)
        .join('\n\n')
        .slice(0, 10_000),
      status: 'Backlog',
      hypothesis: 'Unknown',
      tactics: idea.tactics,
      techniques: idea.techniques,
      labels: [...new Set(['hearth', ...idea.labels])].slice(0, 30).map((label) => label.slice(0, 60)),
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
      threads: [],
      threadKeys: [],
      cards: [],
      idea: idea.id,
    });
    await recordChange(ctx, {
      hunt: hunt.id,
      what: 'took the hunt into the backlog from an imported idea',
      after: hunt.name,
    });
    return hunt.id;
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}
