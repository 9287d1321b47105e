import type { Card } from '../chat/card';
import { type ContentCounts, contentText } from './content-counts';
import { counted, shortened } from './wording';

export interface SolutionLine {
  slug: string;
  name: string;
  version: string;
  state: 'always' | 'installed' | 'update' | 'available';
  imported: boolean;
  counts: ContentCounts;
  /** How many of its queries find their tables here; absent where the engine could not be asked. */
  runnable?: number;
}

const states = {
  always: 'always there',
  installed: '✓ installed',
  update: '✓ update ready',
  available: 'not installed',
} as const;

/** The solutions that there are, and which of them are installed. */
export function contentListCard(lines: SolutionLine[], search: string | undefined): Card {
  if (lines.length === 0)
    return {
      title: search ? `No solution fits “${shortened(search, 60)}”` : 'There are no solutions',
      blocks: [
        { type: 'text', text: 'Queries that are installed already are found by “queries” and words.' },
        {
          type: 'actions',
          buttons: [{ label: 'All solutions', command: 'content', args: {}, opens: 'nothing', style: 'primary' }],
        },
      ],
    };
  const here = lines.filter((line) => line.state !== 'available').length;
  const updates = lines.filter((line) => line.state === 'update');
  return {
    title: search
      ? `${counted(lines.length, 'solution')} for “${shortened(search, 60)}”`
      : `${counted(lines.length, 'solution')}, ${here} installed`,
    blocks: [
      { type: 'facts', facts: lines.map((line) => ({ label: line.name, value: lineText(line) })) },
      {
        type: 'select',
        field: 'name',
        label: 'Look at a solution',
        options: lines.map((line) => ({ value: line.slug, label: line.name })),
        act: { command: 'content show', args: {} },
      },
      ...(updates.length > 0
        ? [
            {
              type: 'actions' as const,
              buttons: updates.slice(0, 5).map((line) => ({
                label: `Update ${line.name}`,
                command: 'content update',
                args: { name: line.slug },
                opens: 'nothing' as const,
              })),
            },
          ]
        : []),
      {
        type: 'note',
        text: 'A query can run here where its tables are among the logs. “content install NAME” brings a solution into the library; “queries --solution NAME” lists its queries.',
      },
    ],
  };
}

function lineText({ state, version, imported, counts, runnable }: SolutionLine): string {
  const from = imported ? 'imported, ' : '';
  const stands = state === 'always' ? states.always : `${states[state]}, ${from}${version}`;
  return `${stands} · ${contentText(counts, runnable)}`;
}
