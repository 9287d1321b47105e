import type { Card, CommandButton, TableBlock } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import type { Sweep } from '../domain/sweep';
import { type LibraryCounts, libraryButtons, libraryTitle, narrowBlocks } from './library-counts';
import { pager } from './pager';
import { pickToHunt } from './pick-queries';
import { countedBy, deltaMark, resultMark } from './result-mark';
import { counted, shortened, tacticText } from './wording';

/** How many queries one `add` takes. */
export const mostAdded = 200;

export interface QueryListPage {
  queries: HuntQuery[];
  total: number;
  page: number;
  pages: number;
  args: Record<string, string | string[]>;
  filtered: boolean;
  /** The filters in words. */
  filter?: string;
  /** The key of whoever asks: their favourites have a star. */
  person?: string;
  /** How the queries could be narrowed down; only of a list that runs over several pages. */
  counts?: LibraryCounts;
  /** The hunt to which ticked queries are added; absent outside a hunt. */
  hunt?: string;
  /** The hunt's own queries already. */
  own: HuntQuery[];
  /** The library runs that counted the results shown. */
  sweeps?: Sweep[];
}

interface ShownColumn {
  column: TableBlock['columns'][number];
  cell(query: HuntQuery): string;
}

const results: ShownColumn = { column: { title: 'Results', align: 'right' }, cell: resultMark };
const delta: ShownColumn = { column: { title: 'Δ 24 h', align: 'right' }, cell: deltaMark };
const tactics: ShownColumn = {
  column: { title: 'Tactics' },
  cell: (query) => query.tactics.map(tacticText).join(', '),
};

/** What stands beside key and name: two columns at most, as a phone has no room for a third. The query's own card has the rest. */
function shownColumns({ queries, args }: QueryListPage): ShownColumn[] {
  if (queries.every((query) => query.resultState === undefined)) return [tactics];
  const changed = queries.some((query) => query.resultDelta !== undefined);
  return [results, changed && args.sort !== 'tactic' ? delta : tactics];
}

/** The library, ready to be ticked into a hunt. */
export function queryListCard(list: QueryListPage): Card {
  if (list.total === 0) {
    return {
      title: 'No query fits',
      blocks: [
        {
          type: 'text',
          text: emptyText(list),
        },
        {
          type: 'actions',
          buttons: [
            ...libraryButtons(list.args, list.filtered),
            { label: 'New query', command: 'query new', args: {}, opens: 'form' },
          ],
        },
      ],
    };
  }
  const title = libraryTitle(list.total, list.filter ?? '');
  const there = new Set(list.own.map((query) => query.source));
  const shown = shownColumns(list);
  return {
    title,
    blocks: [
      ...ownBlocks(list),
      ...pick(list, there),
      {
        type: 'table',
        columns: [{ title: 'Query' }, { title: 'Name' }, ...shown.map(({ column }) => column)],
        rows: list.queries.map((query) => [
          query.id,
          marks(query, list, there) + shortened(query.name, 80),
          ...shown.map(({ cell }) => cell(query)),
        ]),
        ...(list.total > list.queries.length ? { total: list.total, rest: `page ${list.page} of ${list.pages}` } : {}),
      },
      countedBy(list.queries, list.sweeps ?? []),
      ...(list.hunt ? [] : pickToHunt(list.queries)),
      {
        type: 'select',
        field: 'query',
        label: 'Look at a query',
        options: list.queries.map((query) => ({ value: query.id, label: `${query.id} · ${query.name}` })),
        act: { command: 'query show', args: {} },
      },
      ...pager('queries', list.args, list),
      ...(list.counts ? narrowBlocks(list.counts, list.args) : []),
      { type: 'actions', buttons: libraryButtons(list.args, list.filtered) },
    ],
  };
}

function emptyText(list: QueryListPage): string {
  if (list.args.favourites)
    return 'None of your favourites fits. “query favourite Q-1” makes one, and so does the star on a query’s card.';
  return list.filtered ? `The library has queries, but none with: ${list.filter}.` : 'The library is empty.';
}

function marks(query: HuntQuery, list: QueryListPage, there: ReadonlySet<string | undefined>): string {
  const star = list.person !== undefined && query.favourites?.includes(list.person) ? '★ ' : '';
  return `${there.has(query.id) ? '✓ ' : ''}${star}`;
}

function ownBlocks(list: QueryListPage): Card['blocks'] {
  if (!list.hunt || list.own.length === 0) return [];
  return [
    {
      type: 'text',
      text: `${list.hunt} has ${counted(list.own.length, 'query', 'queries')} (✓): ${list.own.map((query) => query.id.split('/')[1] ?? query.id).join(', ')}`,
    },
    {
      type: 'actions',
      buttons: [
        {
          label: `Run ${list.own.length === 1 ? 'it' : `all ${list.own.length}`}`,
          command: 'run',
          args: { hunt: list.hunt },
          opens: 'nothing',
          style: 'primary',
        },
      ],
    },
  ];
}

function pick(list: QueryListPage, there: ReadonlySet<string | undefined>): Card['blocks'] {
  const free = list.queries.filter((query) => !there.has(query.id));
  if (!list.hunt || free.length === 0) return [];
  return [
    {
      type: 'select',
      field: 'queries',
      label: `Tick queries for ${list.hunt}`,
      options: free.map((query) => ({ value: query.id, label: `${query.id} · ${query.name}` })),
      several: true,
      act: 'wait',
    },
    {
      type: 'actions',
      buttons: [
        { label: `Add to ${list.hunt}`, command: 'add', args: { hunt: list.hunt }, opens: 'nothing', style: 'primary' },
        ...addAll(list, free),
      ],
    },
  ];
}

/** One press for all that fit: by key where they are all on the card, else by the filters. */
function addAll(list: QueryListPage, free: HuntQuery[]): CommandButton[] {
  const button = (count: number, args: Record<string, string | string[]>): CommandButton => {
    return { label: `Add all ${count}`, command: 'add', args: { hunt: list.hunt ?? '', ...args }, opens: 'nothing' };
  };
  if (list.total === list.queries.length)
    return free.length > 1 ? [button(free.length, { queries: free.map((query) => query.id) })] : [];
  if (!list.filtered || list.total > mostAdded) return [];
  const { sort: _sort, ...filters } = list.args;
  return [button(list.total, filters)];
}
