import type { Card, CommandButton } from '../chat/card';
import type { Hunt } from '../domain/hunt';
import { pager } from './pager';
import { counted, dayText, shortened } from './wording';

export interface HuntListPage {
  hunts: Hunt[];
  total: number;
  page: number;
  pages: number;
  /** The list's own words, to ask for the next page with. */
  args: Record<string, string | string[]>;
  filtered: boolean;
}

/** The ways to begin a hunt, for somebody who has read nothing. */
const beginButtons: CommandButton[] = [
  { label: 'New hunt', command: 'new', args: {}, opens: 'form', style: 'primary' },
  { label: 'Word a hypothesis', command: 'template', args: {}, opens: 'form' },
  { label: 'Packs of queries', command: 'content', args: {}, opens: 'nothing' },
];

export function huntListCard(list: HuntListPage): Card {
  if (list.total === 0) {
    return list.filtered
      ? {
          title: 'No hunt fits',
          blocks: [
            { type: 'text', text: 'There are hunts, but none with these filters.' },
            { type: 'actions', buttons: [{ label: 'All hunts', command: 'list', args: {}, opens: 'nothing' }] },
          ],
        }
      : {
          title: 'No hunts yet',
          blocks: [
            {
              type: 'text',
              text: 'Start one with a hypothesis, in your own words: “new Somebody sprays passwords at our accounts”. Without an idea yet: answer four short questions and have one worded, or look at what packs of queries hunt for.',
            },
            {
              type: 'actions',
              buttons: beginButtons,
            },
          ],
        };
  }
  const title = counted(list.total, 'hunt');
  return {
    title,
    blocks: [
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
          shortened(hunt.name, 80),
          hunt.status,
          hunt.hypothesis,
          hunt.owner?.name ?? '',
          dayText(hunt.updatedAt),
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
      { type: 'actions', buttons: beginButtons },
    ],
  };
}
