import type { Context } from '../commands/context';
import { textHash } from '../content/text-hash';
import type { Tab } from '../domain/tab';
import { tabKey } from '../domain/tab';
import { ConflictError } from '../errors';
import { tabName } from '../views/tab-name';
import { tabWithKey } from './find-tab';
import { recordChange } from './record-change';
import { refreshHunt } from './refresh-hunt';

export type TabRange = Pick<Tab, 'sinceMilliseconds' | 'from' | 'to' | 'asOf' | 'engine'>;

/** The hunt's tab of a query text: the one that is there, or a new one. People who ask at the same moment get the same. */
export async function keepTab(ctx: Context, hunt: string, text: string, range: TabRange): Promise<Tab> {
  const key = tabKey(hunt, textHash(text));
  const there = await tabWithKey(ctx, key);
  if (there) return there;
  const number = await ctx.stores.next('tab');
  const now = ctx.clock.now();
  try {
    const tab = await ctx.stores.tabs.insert({
      id: `K-${number}`,
      number,
      hunt,
      key,
      name: tabName(text),
      text,
      ...range,
      lastRunAt: now,
      lastRunBy: ctx.person,
      revisions: [{ text, at: now, by: ctx.person }],
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
    });
    await recordChange(ctx, { hunt, subject: tab.id, what: `opened the tab ${tab.id}`, after: text });
    await refreshHunt(ctx, hunt);
    return tab;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const other = await tabWithKey(ctx, key);
    if (!other) throw error;
    return other;
  }
}
