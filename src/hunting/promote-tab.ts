import type { Context } from '../commands/context';
import type { Hunt } from '../domain/hunt';
import type { HuntQuery } from '../domain/query';
import type { Tab } from '../domain/tab';
import { UserError } from '../errors';
import { change } from './change';
import { recordChange } from './record-change';
import { refreshHunt } from './refresh-hunt';
import { tablesInText } from './tables-in-text';
import { writtenHere } from './written-here';

export interface Promotion
  extends Pick<HuntQuery, 'name' | 'description' | 'tactics' | 'techniques' | 'entityMappings'> {
  to: 'library' | 'hunt';
}

/**
 * Writes a tab's text as a query of the library, or of its hunt alone. A UserError where it is one there already: of two people who
 * ask at once, one is told.
 */
export async function promoteTab(ctx: Context, tab: Tab, hunt: Hunt, promotion: Promotion): Promise<HuntQuery> {
  const { to, ...words } = promotion;
  const alive = await aliveOf(ctx, tab);
  const number = await ctx.stores.next('query');
  const id = to === 'hunt' ? `${hunt.id}/Q-${number}` : `Q-${number}`;
  const isThere = (key: string) =>
    key.includes('/') === (to === 'hunt') && (alive.has(key) || !tab.promotedTo?.includes(key));
  // The key is claimed on the tab before the query is written, so that nobody else writes it as well.
  const claimed = await change(ctx.stores.tabs, tab.id, (current) => {
    const other = current.promotedTo?.find(isThere);
    if (other)
      throw new UserError('bad-input', `${tab.id} is ${other} already.`, `“query edit ${other}” changes it there.`);
    return { ...current, promotedTo: [...(current.promotedTo ?? []), id], updatedAt: ctx.clock.now() };
  });
  if (!claimed) throw new UserError('not-found', `There is no tab ${tab.id} any more.`);
  const now = ctx.clock.now();
  const { text } = claimed;
  try {
    const query = await ctx.stores.queries.insert({
      id,
      number,
      ...(to === 'hunt' ? { hunt: hunt.id } : {}),
      origin: 'custom',
      ...words,
      text,
      dataTypes: await tablesInText(ctx, text),
      ...writtenHere(ctx.person, { text, tactics: words.tactics }),
      createdAt: now,
      updatedAt: now,
    });
    const what = to === 'hunt' ? `made ${tab.id} a query of the hunt` : `put ${tab.id} into the library`;
    await recordChange(ctx, { hunt: hunt.id, subject: tab.id, what, after: `${id} ${words.name}` });
    await refreshHunt(ctx, hunt.id);
    return query;
  } catch (error) {
    await change(ctx.stores.tabs, tab.id, (current) => ({
      ...current,
      promotedTo: (current.promotedTo ?? []).filter((key) => key !== id),
    }));
    throw error;
  }
}

/** The queries made of a tab that have not been deleted since. */
async function aliveOf(ctx: Context, tab: Tab): Promise<Set<string>> {
  if (!tab.promotedTo?.length) return new Set();
  const found = await ctx.stores.queries.find({
    where: { id: { oneOf: tab.promotedTo }, deletedAt: { missing: true } },
    limit: tab.promotedTo.length,
  });
  return new Set(found.map((query) => query.id));
}
