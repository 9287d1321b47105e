import type { Reply } from '../chat/reply';
import type { Context } from '../commands/context';
import type { Hunt } from '../domain/hunt';
import { type HuntNumbers, huntCard } from '../views/hunt-card';

/** How much a hunt holds by now. */
export async function huntNumbers(ctx: Pick<Context, 'stores'>, hunt: string): Promise<HuntNumbers> {
  const where = { hunt: { is: hunt } } as const;
  const alive = { ...where, deletedAt: { missing: true as const } };
  const [queries, runs, bookmarks, entities, comments, tabs, incidents, rules, indicators] = await Promise.all([
    ctx.stores.queries.count({ where: alive }),
    ctx.stores.runs.count({ where }),
    ctx.stores.bookmarks.count({ where: alive }),
    ctx.stores.entities.count({ where: { hunts: { is: hunt }, mergedInto: { missing: true } } }),
    ctx.stores.comments.count({ where: { ...where, withdrawnAt: { missing: true } } }),
    ctx.stores.tabs.count({ where: alive }),
    ctx.stores.incidents.count({ where: { hunts: { is: hunt }, deletedAt: { missing: true } } }),
    ctx.stores.rules.count({ where: { hunts: { is: hunt }, deletedAt: { missing: true } } }),
    ctx.stores.indicators.count({ where: { hunts: { is: hunt }, revokedAt: { missing: true } } }),
  ]);
  return { queries, runs, bookmarks, entities, comments, tabs, incidents, rules, indicators };
}

/** The hunt's card for everyone, in place of the pressed one. */
export async function huntReply(ctx: Context, hunt: Hunt): Promise<Reply> {
  return { kind: 'card', card: huntCard(hunt, await huntNumbers(ctx, hunt.id)), to: 'everyone' };
}
