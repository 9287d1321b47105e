import type { Context } from '../commands/context';
import type { HuntQuery } from '../domain/query';
import { UserError } from '../errors';

/** A query by key, of the library or of a hunt; a UserError where there is none. */
export async function findQuery(ctx: Context, key: string): Promise<HuntQuery> {
  const query = await ctx.stores.queries.get(key);
  if (query && !query.deletedAt) return query;
  throw new UserError('not-found', `There is no query ${key}.`, 'Type “queries” to see the library.');
}

/** In a hunt's thread `Q-7` means the hunt's own clone where it has one. */
export async function findQueryHere(ctx: Context, key: string): Promise<HuntQuery> {
  if (!key.includes('/')) {
    const hunt = await ctx.threadHunt();
    const own = hunt && (await ctx.stores.queries.get(`${hunt.id}/${key}`));
    if (own && !own.deletedAt) return own;
  }
  return findQuery(ctx, key);
}
