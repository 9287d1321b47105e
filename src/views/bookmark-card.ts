import type { Card } from '../chat/card';
import type { Bookmark } from '../domain/bookmark';
import { entityLabels } from './entity-label';
import { rowsTable } from './rows-table';
import { attackText, counted, instantText, rangeText } from './wording';

export function bookmarkCard(bookmark: Bookmark, verb?: string): Card {
  return cardOf(bookmark, verb, false);
}

function cardOf(bookmark: Bookmark, verb: string | undefined, whole: boolean): Card {
  const title = `${bookmark.id} · ${bookmark.name}`;
  const attack = attackText(bookmark);
  const args = { bookmark: bookmark.id };
  return {
    title: verb ? `${verb} ${title}` : title,
    tone: 'warning',
    blocks: [
      ...(bookmark.notes ? [{ type: 'text' as const, text: bookmark.notes }] : []),
      rowsTable({ columns: bookmark.columns, rows: bookmark.rows.length }, bookmark.rows, {
        numbers: bookmark.rowNumbers,
        rest: 'the bookmark keeps all of them',
        ...(whole ? {} : { glance: 7, longest: 90 }),
      }),
      {
        type: 'facts',
        facts: [
          {
            label: 'From',
            value: `${bookmark.run}, ${bookmark.query.id === 'kql' ? bookmark.query.name : `${bookmark.query.id} ${bookmark.query.name}`}`,
          },
          ...(whole ? [{ label: 'Range', value: rangeText(bookmark) }] : []),
          ...(bookmark.eventTime ? [{ label: 'Event time', value: instantText(bookmark.eventTime) }] : []),
          ...(bookmark.entities.length > 0
            ? [
                {
                  label: 'Entities',
                  value: entityLabels(bookmark.entities).join(' · '),
                },
              ]
            : []),
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
          ...(bookmark.tags.length > 0 ? [{ label: 'Tags', value: bookmark.tags.join(', ') }] : []),
          ...((bookmark.incidents ?? []).length > 0
            ? [{ label: 'In incident', value: (bookmark.incidents ?? []).join(', ') }]
            : []),
          ...(whole ? [{ label: 'SHA-256', value: bookmark.hash }] : []),
        ],
      },
      {
        type: 'actions',
        buttons: [
          ...((bookmark.incidents ?? []).length > 0
            ? []
            : [
                {
                  label: 'New incident',
                  command: 'incident new',
                  args: { hunt: bookmark.hunt, bookmarks: [bookmark.id] },
                  opens: 'form' as const,
                },
              ]),
          { label: 'Edit', command: 'bookmark edit', args, opens: 'form' },
          {
            label: 'Delete',
            command: 'bookmark delete',
            args: { ...args, confirmed: 'yes' },
            opens: 'nothing',
            style: 'danger',
            confirm: {
              title: `Delete ${bookmark.id}?`,
              text: `“${bookmark.name}” goes from ${bookmark.hunt}. It can be restored.`,
              yes: 'Delete',
            },
          },
        ],
      },
      {
        type: 'note',
        text: `${counted(bookmark.rows.length, 'row')} kept unchanged by ${bookmark.createdBy.name}, ${instantText(bookmark.createdAt)}${whole ? '' : ` · “bookmark show ${bookmark.id}” has every column, the query and the SHA-256`}`,
      },
    ],
  };
}

/** All that is kept, with the query as it was run, for `bookmark show`. */
export function bookmarkWithQueryCard(bookmark: Bookmark): Card {
  const card = cardOf(bookmark, undefined, true);
  return { ...card, blocks: [...card.blocks, { type: 'code', text: bookmark.query.text, language: 'kql' }] };
}
