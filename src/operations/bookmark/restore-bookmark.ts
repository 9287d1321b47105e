import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { addEntities } from '../../hunting/entities';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { bookmarkCard } from '../../views/bookmark-card';

export const restoreBookmark = defineCommand({
  name: 'bookmark restore',
  summary: 'Brings a deleted bookmark back',
  formTitle: 'Restore a bookmark',
  submit: 'Restore',
  permission: 'hunt',
  example: 'bookmark restore B-1',
  input: { bookmark: field.key('bookmark') },
  positional: ['bookmark'],
  async run(ctx, input) {
    const bookmark = await change(ctx.stores.bookmarks, input.bookmark, (current) => {
      const { deletedAt: _deleted, ...alive } = current;
      return { ...alive, updatedAt: ctx.clock.now() };
    });
    if (!bookmark) throw new UserError('not-found', `There never was a bookmark ${input.bookmark}.`);
    await addEntities(ctx, bookmark);
    await refreshHunt(ctx, bookmark.hunt);
    return { kind: 'card', card: bookmarkCard(bookmark), to: 'everyone' };
  },
});
