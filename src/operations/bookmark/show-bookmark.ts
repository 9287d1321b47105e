import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { evidenceHash } from '../../domain/evidence-hash';
import { findBookmark } from '../../hunting/find-bookmark';
import { bookmarkWithQueryCard } from '../../views/bookmark-card';

export const showBookmark = defineCommand({
  name: 'bookmark show',
  summary: 'Shows a bookmark with its rows and its query',
  formTitle: 'Show a bookmark',
  submit: 'Show',
  permission: 'read',
  example: 'bookmark show B-1',
  input: { bookmark: field.key('bookmark') },
  positional: ['bookmark'],
  async run(ctx, input) {
    const bookmark = await findBookmark(ctx, input.bookmark);
    const card = bookmarkWithQueryCard(bookmark);
    if (evidenceHash(bookmark.columns, bookmark.rows) !== bookmark.hash) {
      card.tone = 'danger';
      card.blocks.push({
        type: 'text',
        text: 'The kept rows no longer match their hash: they were changed outside Talbot.',
      });
    }
    return { kind: 'card', card, to: 'asker' };
  },
});
