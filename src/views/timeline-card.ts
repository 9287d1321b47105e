import type { Block, Card } from '../chat/card';
import type { HuntChange } from '../domain/hunt-change';
import { type Page, pager } from './pager';
import { counted, platformText, shortened } from './wording';
import { zonedText } from './zoned-time';

export interface TimelinePage extends Page {
  hunt: string;
  changes: HuntChange[];
  total: number;
  /** IANA zone of the reader. */
  zone: string;
  /** The list's own words, to ask for another page with. */
  args: Record<string, string>;
}

/** Every change of a hunt and its parts, newest first. */
export function timelineCard(list: TimelinePage): Card {
  const { hunt, changes, total, zone, args } = list;
  const filtered = Object.keys(args).length > 1;
  if (total === 0) {
    return filtered
      ? {
          title: `No change of ${hunt} fits`,
          blocks: [
            { type: 'text', text: 'Its history has lines, or may have, but none with these filters.' },
            {
              type: 'actions',
              buttons: [{ label: 'All changes', command: 'timeline', args: { hunt }, opens: 'nothing' }],
            },
          ],
        }
      : {
          title: `${hunt} has no history yet`,
          blocks: [
            {
              type: 'text',
              text: 'From now on, whoever changes the hunt or a part of it stands here, with what was there before.',
            },
          ],
        };
  }
  return {
    title: `${counted(total, 'change')} of ${hunt}, newest first`,
    blocks: [
      {
        type: 'table',
        columns: [
          { title: `When (${zone})` },
          { title: 'Who' },
          { title: 'On' },
          { title: 'Of' },
          { title: 'What' },
          { title: 'Before → after' },
        ],
        rows: changes.map((one) => [
          zonedText(one.at, zone).slice(0, 16),
          one.by.name,
          platformText(one.by.platform),
          one.subject,
          one.what,
          glance(one),
        ]),
        ...(total > changes.length ? { total, rest: `page ${list.page} of ${list.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'entry',
        label: 'Open a change',
        options: changes.map((one) => ({
          value: one.id,
          label: `${zonedText(one.at, zone).slice(5, 16)} ${one.by.name} ${one.what} · ${one.subject}`,
        })),
        act: { command: 'timeline', args: { hunt } },
      },
      ...pager('timeline', args, list),
      {
        type: 'note',
        text: `Narrower: “timeline ${hunt} --of B-1”, “--of bookmarks”, “--by @somebody”.`,
      },
    ],
  };
}

/** One change with all that was kept of before and after. */
export function changeCard(change: HuntChange, zone: string): Card {
  const part = (label: string, text: string | undefined): Block[] =>
    text === undefined
      ? []
      : [
          { type: 'heading', text: label },
          { type: 'code', text },
        ];
  return {
    title: `${change.by.name} ${change.what} · ${change.subject}`,
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'When', value: `${zonedText(change.at, zone)} ${zone}` },
          { label: 'Who', value: `${change.by.name}, on ${platformText(change.by.platform)}` },
          { label: 'Of', value: change.subject === change.hunt ? change.hunt : `${change.subject}, in ${change.hunt}` },
        ],
      },
      ...part('Before', change.before),
      ...part('After', change.after),
      {
        type: 'actions',
        buttons: [
          { label: 'Whole history', command: 'timeline', args: { hunt: change.hunt }, opens: 'nothing' },
          {
            label: `Of ${change.subject} only`,
            command: 'timeline',
            args: { hunt: change.hunt, of: change.subject },
            opens: 'nothing',
          },
        ],
      },
    ],
  };
}

function glance({ before, after }: HuntChange): string {
  const words = (text: string) => shortened(text.replace(/\s+/g, ' '), 60);
  if (before !== undefined && after !== undefined) return `${words(before)} → ${words(after)}`;
  if (after !== undefined) return words(after);
  return before === undefined ? '' : `${words(before)} → nothing`;
}
