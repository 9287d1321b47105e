import type { Card } from '../chat/card';
import type { Bookmark } from '../domain/bookmark';
import { entityLabels } from './entity-label';
import { type Page, pager } from './pager';
import { counted, shortened, stampText } from './wording';

export function bookmarkListCard(hunt: string, bookmarks: Bookmark[], total: number, page: Page): Card {
  const title = `${counted(total, 'bookmark')} in ${hunt}`;
  if (total === 0) {
    return {
      title: `No bookmarks in ${hunt}`,
      blocks: [
        {
          type: 'text',
          text: 'Under a result, press “Bookmark rows”, or type “bookmark R-1 1,3-5 --name …”.',
        },
      ],
    };
  }
  return {
    title,
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Bookmark' },
          { title: 'Name' },
          { title: 'Event (UTC)' },
          { title: 'Entities' },
          { title: 'Rows', align: 'right' },
          { title: 'By' },
        ],
        rows: bookmarks.map((one) => [
          one.id,
          shortened(one.name, 80),
          one.eventTime ? stampText(one.eventTime) : '',
          shortened(entityLabels(one.entities).join(', '), 200),
          String(one.rows.length),
          one.createdBy.name,
        ]),
        ...(total > bookmarks.length ? { total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'bookmark',
        label: 'Open a bookmark',
        options: bookmarks.map((one) => ({ value: one.id, label: `${one.id} · ${one.name}` })),
        act: { command: 'bookmark show', args: {} },
      },
      {
        type: 'select',
        field: 'bookmarks',
        label: 'Choose several for an incident',
        options: bookmarks.map((one) => ({ value: one.id, label: `${one.id} · ${one.name}` })),
        several: true,
        act: 'wait',
      },
      {
        type: 'actions',
        buttons: [{ label: 'New incident', command: 'incident new', args: { hunt }, opens: 'form' }],
      },
      ...pager('bookmarks', { hunt }, page),
    ],
  };
}
