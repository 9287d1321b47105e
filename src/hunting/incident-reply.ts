import type { Reply } from '../chat/reply';
import type { Context } from '../commands/context';
import type { Incident } from '../domain/incident';
import { incidentCard } from '../views/incident-card';

/** The card of an incident with the names of its bookmarks. */
export async function incidentCardOf(
  ctx: Pick<Context, 'stores'>,
  incident: Incident,
  more: { verb?: string; note?: string } = {},
): Promise<ReturnType<typeof incidentCard>> {
  const bookmarks = await Promise.all(incident.bookmarks.map((key) => ctx.stores.bookmarks.get(key)));
  const named = bookmarks.flatMap((one) => (one && !one.deletedAt ? [{ id: one.id, name: one.name }] : []));
  return incidentCard(incident, { bookmarks: named, ...more });
}

/** Takes the place of a pressed card; typed words get a card of their own. */
export async function incidentReply(
  ctx: Context,
  incident: Incident,
  more: { verb?: string; note?: string } = {},
): Promise<Reply> {
  const card = await incidentCardOf(ctx, incident, more);
  return ctx.kind === 'press' && !more.verb ? { kind: 'replace', card } : { kind: 'card', card, to: 'everyone' };
}
