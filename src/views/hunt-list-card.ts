import type { Card } from '../chat/card';
import type { Hunt } from '../domain/hunt';
import { pager } from './pager';
import { counted, instantText } from './wording';

export interface HuntListPage {
  hunts: Hunt[];
  total: number;
  page: number;
  pages: number;
  /** The list's own words, to ask for the next page with. */
  args: Record<string, string | string[]>;
  filtered: boolean;
}

export function huntListCard(list: HuntListPage): Card {
  if (list.total === 0) {
    return list.filtered
      ? {
          title: 'No hunt fits',
          blocks: [
            { type: 'text', text: 'No hunt fits these filters.' },
            { type: 'actions', buttons: [{ label: 'All hunts', command: 'list', args: {}, opens: 'nothing' }] },
          ],
        }
      : {
          title: 'No hunts yet',
          blocks: [
            {
              type: 'text',
              text: 'No hunts yet. Start one with a hypothesis: “new Password spray from hosting providers”.',
            },
            {
              type: 'actions',
              buttons: [{ label: 'New hunt', command: 'new', args: {}, opens: 'form', style: 'primary' }],
            },
          ],
        };
  }
  const title = counted(list.total, 'hunt');
  return {
    title,
    blocks: [
      { type: 'heading', text: title },
      {
        type: 'table',
        columns: [
          { title: 'Hunt' },
          { title: 'Name' },
          { title: 'Status' },
          { title: 'Hypothesis' },
          { title: 'Owner' },
          { title: 'Changed' },
        ],
        rows: list.hunts.map((hunt) => [
          hunt.id,
          hunt.name,
          hunt.status,
          hunt.hypothesis,
          hunt.owner?.name ?? '',
          instantText(hunt.updatedAt),
        ]),
        ...(list.total > list.hunts.length ? { total: list.total, rest: `page ${list.page} of ${list.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'hunt',
        label: 'Open a hunt',
        options: list.hunts.map((hunt) => ({ value: hunt.id, label: `${hunt.id} · ${hunt.name}` })),
        act: { command: 'show', args: {} },
      },
      ...pager('list', list.args, list),
    ],
  };
}
