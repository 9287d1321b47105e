import type { Context } from '../commands/context';
import { textHash } from '../content/text-hash';
import type { Run } from '../domain/run';
import { type Tab, tabKey } from '../domain/tab';
import { UserError } from '../errors';

export async function findTab(ctx: Pick<Context, 'stores'>, key: string): Promise<Tab> {
  const tab = await ctx.stores.tabs.get(key);
  if (!tab)
    throw new UserError('not-found', `There is no tab ${key}.`, 'Type “tabs” in the hunt’s thread to see them.');
  if (tab.deletedAt) throw new UserError('not-found', `${key} was deleted.`, `“tab restore ${key}” brings it back.`);
  return tab;
}

/** The hunt's tab that holds this text, white space and comments aside. */
export async function tabWithKey(ctx: Pick<Context, 'stores'>, key: string): Promise<Tab | null> {
  const [tab] = await ctx.stores.tabs.find({ where: { key: { is: key } }, limit: 1 });
  return tab ?? null;
}

/** The tab that a run belongs to, while its text is still what ran. */
export async function tabOfRun(ctx: Pick<Context, 'stores'>, run: Run): Promise<Tab | null> {
  if (!run.tab) return null;
  const tab = await ctx.stores.tabs.get(run.tab);
  const text = run.queries[0]?.text ?? '';
  return tab && tab.key === tabKey(tab.hunt, textHash(text)) ? tab : null;
}

/** A UserError where another tab of the hunt holds that text. */
export async function requireFreeText(ctx: Pick<Context, 'stores'>, key: string, own: string): Promise<void> {
  const other = await tabWithKey(ctx, key);
  if (!other || other.id === own) return;
  const fault = `${other.id} “${other.name}” is that query already.`;
  throw new UserError('bad-input', fault, `“tab show ${other.id}” opens it.`, { kql: fault });
}

/** The key that a tab holds, or would hold if it were there. */
export function keyOfTab({ hunt, text }: Pick<Tab, 'hunt' | 'text'>): string {
  return tabKey(hunt, textHash(text));
}
