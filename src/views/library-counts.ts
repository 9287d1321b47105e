import type { Block, Button } from '../chat/card';
import type { FieldValues } from '../chat/inbound';
import { counted, shortened, tacticText } from './wording';

export interface Tally {
  value: string;
  count: number;
}

/** How many of the queries found hold each value of what they can be narrowed down by. */
export interface LibraryCounts {
  tactics: Tally[];
  tables: Tally[];
  solutions: Tally[];
  sources: Tally[];
}

const mostOptions = 25;
const sourceNames: Record<string, string> = {
  'built-in': 'come with Talbot',
  custom: 'written here',
  content: 'from solutions and imports',
};

/** One choice that narrows a long list down, with how many each leaves, and the same in one line. */
export function narrowBlocks(counts: LibraryCounts, args: FieldValues): Block[] {
  const kinds = [
    { field: 'tactic', label: 'Tactic', tallies: args.tactic ? [] : counts.tactics },
    { field: 'solution', label: 'Solution', tallies: args.solution ? [] : counts.solutions },
    { field: 'table', label: 'Table', tallies: args.table ? [] : counts.tables },
  ];
  const selects = kinds.flatMap(({ field, label, tallies }): Block[] =>
    tallies.length < 2
      ? []
      : [
          {
            type: 'select',
            field,
            label: tallies.length > mostOptions ? `${label}: the ${mostOptions} most frequent` : label,
            options: tallies.slice(0, mostOptions).map(({ value, count }) => ({
              value,
              label: `${field === 'tactic' ? tacticText(value) : shortened(value, 60)} (${count.toLocaleString('en-US')})`,
            })),
            act: { command: 'queries', args },
          },
        ],
  );
  const sources =
    args.source || counts.sources.length < 2
      ? []
      : counts.sources.map(({ value, count }) => `${count.toLocaleString('en-US')} ${sourceNames[value] ?? value}`);
  return [...(sources.length > 0 ? [{ type: 'note' as const, text: sources.join(', ') }] : []), ...selects];
}

/** What stands under every list of the library. */
export function libraryButtons(args: FieldValues, filtered: boolean): Button[] {
  const { favourites: _favourites, page: _page, ...others } = args;
  return [
    { label: 'Search…', command: 'query find', args, opens: 'form' },
    ...(args.favourites
      ? []
      : [
          {
            label: '★ Favourites',
            command: 'queries',
            args: { ...others, favourites: 'yes' },
            opens: 'nothing' as const,
          },
        ]),
    ...(filtered ? [{ label: 'All queries', command: 'queries', args: hunted(args), opens: 'nothing' as const }] : []),
  ];
}

function hunted(args: FieldValues): FieldValues {
  return args.hunt === undefined ? {} : { hunt: args.hunt };
}

/** `3 queries` in words that say how they were narrowed down. */
export function libraryTitle(total: number, filter: string): string {
  const title = `${counted(total, 'hunting query', 'hunting queries')} in the library`;
  return filter === '' ? title : shortened(`${title}: ${filter}`, 150);
}
