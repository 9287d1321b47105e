import type { Context } from '../commands/context';
import { personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import { UserError } from '../errors';
import { change } from './change';
import { findQueryHere } from './find-query';

/** Makes a query the asker's favourite, or no longer; of a hunt's clone it is the library's original that counts. */
export async function markFavourite(ctx: Context, key: string, wanted: boolean): Promise<HuntQuery> {
  const found = await findQueryHere(ctx, key);
  const me = personKey(ctx.person);
  const marked = await change(ctx.stores.queries, found.hunt && found.source ? found.source : found.id, (current) => {
    const others = (current.favourites ?? []).filter((one) => one !== me);
    return { ...current, favourites: wanted ? [...others, me] : others };
  });
  if (!marked || marked.deletedAt) throw new UserError('not-found', `The library has no ${key} any more.`);
  return marked;
}
