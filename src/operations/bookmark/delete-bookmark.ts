import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { removeEntities } from '../../hunting/entities';
import { findBookmark } from '../../hunting/find-bookmark';
import { leaveIncident } from '../../hunting/incidents';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const deleteBookmark = defineCommand({
  name: 'bookmark delete',
  summary: 'Deletes a bookmark, after asking',
  formTitle: 'Delete a bookmark',
  submit: 'Delete',
  permission: 'hunt',
  example: 'bookmark delete B-1',
  input: { bookmark: field.key('bookmark'), confirmed: field.flag({ label: 'Confirmed', hidden: true }) },
  positional: ['bookmark'],
  async run(ctx, input) {
    const bookmark = await findBookmark(ctx, input.bookmark);
    if (!input.confirmed) {
      const yes = {
        label: `Delete ${bookmark.id}`,
        command: 'bookmark delete',
        args: { bookmark: bookmark.id, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      const card = confirmCard(
        `Delete ${bookmark.id} “${bookmark.name}”?`,
        `Entities that only it names go too${(bookmark.incidents ?? []).length > 0 ? `, and ${(bookmark.incidents ?? []).join(', ')} loses it` : ''}. It can be restored.`,
        yes,
      );
      return { kind: 'card', card, to: 'asker' };
    }
    await change(ctx.stores.bookmarks, bookmark.id, (current) => ({
      ...current,
      deletedAt: ctx.clock.now(),
      updatedAt: ctx.clock.now(),
    }));
    for (const incident of bookmark.incidents ?? []) await leaveIncident(ctx, incident, bookmark.id);
    await removeEntities(ctx, bookmark);
    await recordChange(ctx, {
      hunt: bookmark.hunt,
      subject: bookmark.id,
      what: 'deleted a bookmark',
      before: bookmark.name,
    });
    await refreshHunt(ctx, bookmark.hunt);
    const undo = {
      label: 'Undo',
      command: 'bookmark restore',
      args: { bookmark: bookmark.id },
      opens: 'nothing' as const,
    };
    return {
      kind: 'card',
      card: noticeCard(`${bookmark.id} “${bookmark.name}” was deleted by ${ctx.person.name}.`, [undo], 'neutral'),
      to: 'everyone',
    };
  },
});
