import type { Context } from '../commands/context';
import { textHash } from '../content/text-hash';
import { mostRevisions, type Tab, tabKey } from '../domain/tab';
import { UserError } from '../errors';
import { tabName } from '../views/tab-name';
import { change } from './change';
import { requireFreeText } from './find-tab';
import { recordChange } from './record-change';
import { withoutRange } from './run-tab';

/**
 * Gives a tab another text, and keeps the one it had; a name that came from the text follows it. `since` becomes its range. What differs
 * in nothing is left alone. A UserError where another tab of the hunt is that query, or too many texts are kept.
 */
export async function reviseTab(
  ctx: Context,
  tab: Tab,
  { text, what }: { text: string; what: string },
  since?: number,
): Promise<Tab> {
  const key = tabKey(tab.hunt, textHash(text));
  await requireFreeText(ctx, key, tab.id);
  const now = ctx.clock.now();
  let before = tab;
  const changed = await change(ctx.stores.tabs, tab.id, (current) => {
    before = current;
    if (current.deletedAt) throw new UserError('not-found', `${tab.id} was deleted.`);
    if (current.text === text && since === undefined) return null;
    const moved = since === undefined ? current : movedTo(current, since);
    if (current.text === text) return { ...moved, updatedAt: now };
    if (current.revisions.length >= mostRevisions)
      throw new UserError(
        'too-large',
        `${tab.id} has been changed ${mostRevisions} times; no more are kept.`,
        'Run the new text as a tab of its own, or put it into the library.',
      );
    return {
      ...moved,
      key,
      text,
      name: current.name === tabName(current.text) ? tabName(text) : current.name,
      revisions: [...current.revisions, { text, at: now, by: ctx.person }],
      updatedAt: now,
    };
  });
  if (!changed) throw new UserError('not-found', `There is no tab ${tab.id} any more.`);
  if (before.text !== changed.text)
    await recordChange(ctx, { hunt: tab.hunt, subject: tab.id, what, before: before.text, after: changed.text });
  return changed;
}

function movedTo(tab: Tab, since: number): Tab {
  const { asOf, engine } = tab;
  return { ...withoutRange(tab), sinceMilliseconds: since, ...(asOf ? { asOf } : {}), ...(engine ? { engine } : {}) };
}
