import type { Context } from '../commands/context';
import type { Bookmark } from '../domain/bookmark';
import { UserError } from '../errors';

export async function findBookmark(ctx: Pick<Context, 'stores'>, key: string): Promise<Bookmark> {
  const bookmark = await ctx.stores.bookmarks.get(key);
  if (!bookmark || bookmark.deletedAt)
    throw new UserError(
      'not-found',
      `There is no bookmark ${key}.`,
      'Type “bookmarks” in the hunt’s thread to see them.',
    );
  return bookmark;
}
