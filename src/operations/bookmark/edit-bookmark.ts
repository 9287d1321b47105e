import { bookmarkFields } from '../../commands/bookmark-fields';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { toEntityMappings } from '../../commands/query-fields';
import type { Bookmark } from '../../domain/bookmark';
import { findEntities } from '../../domain/find-entities';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { addEntities, removeEntities } from '../../hunting/entities';
import { findBookmark } from '../../hunting/find-bookmark';
import { recordChange } from '../../hunting/record-change';
import { bookmarkCard } from '../../views/bookmark-card';
import { entityLabels } from '../../views/entity-label';

const { 'time-column': _timeColumn, ...fields } = bookmarkFields();

export const editBookmark = defineCommand({
  name: 'bookmark edit',
  summary: 'Changes a bookmark’s name, notes, tags and ATT&CK; its rows stay as they were',
  formTitle: 'Edit the bookmark',
  permission: 'hunt',
  formFirst: true,
  example: 'bookmark edit B-1 --tags confirmed',
  input: { bookmark: field.key('bookmark'), name: field.optional(field.text({ label: 'Name', max: 200 })), ...fields },
  positional: ['bookmark'],
  async fill(ctx, args) {
    if (typeof args.bookmark !== 'string') return {};
    const bookmark = await findBookmark(ctx, args.bookmark.toUpperCase());
    return {
      name: bookmark.name,
      tactics: bookmark.tactics.join(', '),
      techniques: bookmark.techniques.join(', '),
      tags: bookmark.tags.join(', '),
      notes: bookmark.notes,
    };
  },
  async run(ctx, input) {
    const bookmark = await findBookmark(ctx, input.bookmark);
    const mappings = input.entities ? toEntityMappings(input.entities) : undefined;
    if (mappings && 'fault' in mappings)
      throw new UserError('bad-input', mappings.fault, undefined, { entities: mappings.fault });
    const columns = new Set(bookmark.columns.map((column) => column.name));
    const stray = mappings?.flatMap((one) => one.fieldMappings).find((one) => !columns.has(one.columnName));
    if (stray) {
      const fault = `There is no column “${stray.columnName}”.`;
      throw new UserError('bad-input', fault, undefined, { entities: fault });
    }
    const fromForm = ctx.kind === 'form';
    const changed = await change(ctx.stores.bookmarks, bookmark.id, (current) => ({
      ...current,
      name: input.name ?? current.name,
      tactics: input.tactics ?? (fromForm ? [] : current.tactics),
      techniques: input.techniques ?? (fromForm ? [] : current.techniques),
      tags: input.tags ?? (fromForm ? [] : current.tags),
      notes: input.notes ?? (fromForm ? '' : current.notes),
      entities: mappings ? findEntities(current.columns, current.rows, mappings) : current.entities,
      updatedAt: ctx.clock.now(),
    }));
    if (!changed) throw new UserError('not-found', `There is no bookmark ${bookmark.id} any more.`);
    const [before, after] = [wordsOf(bookmark), wordsOf(changed)];
    if (before !== after)
      await recordChange(ctx, { hunt: changed.hunt, subject: changed.id, what: 'changed a bookmark', before, after });
    if (mappings) {
      await removeEntities(ctx, changed);
      await addEntities(ctx, changed);
    }
    return { kind: 'card', card: bookmarkCard(changed), to: 'everyone' };
  },
});

function wordsOf(bookmark: Bookmark): string {
  const { name, notes, tags, tactics, techniques, entities } = bookmark;
  return [name, notes, tags.join(', '), [...tactics, ...techniques].join(', '), entityLabels(entities).join(', ')]
    .filter((part) => part !== '')
    .join(' · ');
}
