import type { Card } from '../chat/card';
import type { Bookmark } from '../domain/bookmark';
import type { Entity } from '../domain/entity';
import { defang } from './defang';
import { type Page, pager } from './pager';
import { counted, instantText } from './wording';

export function bookmarkListCard(hunt: string, bookmarks: Bookmark[], total: number, page: Page): Card {
  const title = `${counted(total, 'bookmark')} in ${hunt}`;
  if (total === 0) {
    return {
      title: `No bookmarks in ${hunt}`,
      blocks: [
        {
          type: 'text',
          text: `No bookmarks in ${hunt} yet. Under a result, press “Bookmark rows”, or type “bookmark R-1 1,3-5 --name …”.`,
        },
      ],
    };
  }
  return {
    title,
    blocks: [
      { type: 'heading', text: title },
      {
        type: 'table',
        columns: [
          { title: 'Bookmark' },
          { title: 'Name' },
          { title: 'Event time' },
          { title: 'Entities' },
          { title: 'Rows', align: 'right' },
          { title: 'By' },
        ],
        rows: bookmarks.map((one) => [
          one.id,
          one.name,
          one.eventTime ? instantText(one.eventTime) : '',
          one.entities.map((entity) => defang(entity.value)).join(', '),
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
      ...pager('bookmarks', { hunt }, page),
    ],
  };
}

export function entityListCard(
  hunt: string,
  entities: Entity[],
  total: number,
  args: Record<string, string>,
  page: Page,
): Card {
  const title = `${counted(total, 'entity', 'entities')} in ${hunt}`;
  if (total === 0) {
    return {
      title: `No entities in ${hunt}`,
      blocks: [
        {
          type: 'text',
          text: `No entities in ${hunt} yet: they come from bookmarked rows (accounts, hosts, addresses …).`,
        },
      ],
    };
  }
  return {
    title,
    blocks: [
      { type: 'heading', text: title },
      {
        type: 'table',
        columns: [
          { title: 'Entity' },
          { title: 'Type' },
          { title: 'Value' },
          { title: 'Bookmarks' },
          { title: 'First seen' },
          { title: 'Last seen' },
        ],
        rows: entities.map((one) => [
          one.id,
          one.type,
          defang(one.value),
          one.bookmarks.join(', '),
          one.firstSeen ? instantText(one.firstSeen) : '',
          one.lastSeen ? instantText(one.lastSeen) : '',
        ]),
        ...(total > entities.length ? { total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      ...pager('entities', args, page),
    ],
  };
}
