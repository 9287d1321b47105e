import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { addEntities } from '../../hunting/entities';
import { rejoinIncident } from '../../hunting/incidents';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { bookmarkCard } from '../../views/bookmark-card';
import { noticeCard } from '../../views/notice-card';

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
    let did = false;
    const bookmark = await change(ctx.stores.bookmarks, input.bookmark, (current) => {
      did = current.deletedAt !== undefined;
      const { deletedAt: _deleted, ...alive } = current;
      return did ? { ...alive, updatedAt: ctx.clock.now() } : null;
    });
    if (!bookmark) throw new UserError('not-found', `There never was a bookmark ${input.bookmark}.`);
    if (!did) return { kind: 'card', card: noticeCard(`${bookmark.id} is there already.`), to: 'asker' };
    for (const incident of bookmark.incidents ?? []) await rejoinIncident(ctx, incident, bookmark.id);
    await addEntities(ctx, bookmark);
    await recordChange(ctx, {
      hunt: bookmark.hunt,
      subject: bookmark.id,
      what: 'restored a bookmark',
      after: bookmark.name,
    });
    await refreshHunt(ctx, bookmark.hunt);
    return { kind: 'card', card: bookmarkCard(bookmark), to: 'everyone' };
  },
});
