import type { Context } from '../commands/context';
import type { MentionedThing } from '../views/comment-list-card';
import { counted } from '../views/wording';

/** Kinds whose keys open the thing where a comment says them. */
export const mentionable = ['tab', 'run', 'bookmark', 'query', 'entity', 'incident', 'hunt'] as const;

/** In capitals, as cards write them, and neither inside a word nor behind a dash: CVE-2024-1 is no entity. */
const keys = /(?<![\w/-])(?:H-[1-9]\d{0,8}\/Q-[1-9]\d{0,8}|[KRBQEIH]-[1-9]\d{0,8})(?![\w/-])/g;

/**
 * The first so many things of which texts say the key, each once, with what opens it. Left out: a key that nothing has, and what the
 * caller may not open.
 */
export async function mentionedThings(ctx: Context, texts: string[], most: number): Promise<MentionedThing[]> {
  const said = [...new Set(texts.flatMap((text) => text.match(keys) ?? []))].slice(0, most * 3);
  const allowed = new Set(ctx.commands().map((one) => one.name));
  const found = await Promise.all(said.map((key) => lookUp(ctx, key)));
  return found.flatMap((thing) => (thing && allowed.has(thing.command) ? [thing] : [])).slice(0, most);
}

async function lookUp({ stores }: Context, key: string): Promise<MentionedThing | null> {
  const kind = key.includes('/') ? 'Q' : key.charAt(0);
  const as = (found: { name: string; deletedAt?: Date | undefined } | null, command: string, field: string) =>
    found && !found.deletedAt ? { key, name: found.name, command, args: { [field]: key } } : null;
  if (kind === 'K') return as(await stores.tabs.get(key), 'tab show', 'tab');
  if (kind === 'B') return as(await stores.bookmarks.get(key), 'bookmark show', 'bookmark');
  if (kind === 'Q') return as(await stores.queries.get(key), 'query show', 'query');
  if (kind === 'H') return as(await stores.hunts.get(key), 'show', 'hunt');
  if (kind === 'E') return as(await stores.entities.get(key), 'entity', 'entity');
  if (kind === 'I') {
    const incident = await stores.incidents.get(key);
    return as(incident && { name: incident.title }, 'incident show', 'incident');
  }
  const run = await stores.runs.get(key);
  const rows = run?.queries.reduce((sum, query) => sum + query.rows, 0) ?? 0;
  return as(run && { name: counted(rows, 'row') }, 'results', 'run');
}
