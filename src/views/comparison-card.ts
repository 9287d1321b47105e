import type { Block, Card } from '../chat/card';
import type { RowIdentity } from '../domain/row-identity';
import type { RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { rowsTable } from './rows-table';
import { counted, instantText } from './wording';

const shown = 8;

export interface ComparedRuns {
  earlier: { id: string; createdAt: Date; query: RunQuery };
  later: { id: string; createdAt: Date; query: RunQuery };
  identity: RowIdentity;
  same: number;
  fresh: { row: Cell[]; number: number }[];
  gone: { row: Cell[]; number: number }[];
  freshTotal: number;
  goneTotal: number;
}

/** What is new since an earlier run, what is gone, and what makes two rows the same. */
export function comparisonCard(compared: ComparedRuns): Card {
  const { earlier, later, identity } = compared;
  return {
    title: `${later.id} against ${earlier.id}: ${compared.freshTotal.toLocaleString('en-US')} new, ${compared.goneTotal.toLocaleString('en-US')} gone, ${compared.same.toLocaleString('en-US')} the same`,
    tone: compared.freshTotal > 0 ? 'warning' : 'good',
    blocks: [
      ...part('New', later.query, compared.fresh, compared.freshTotal),
      ...part('Gone', earlier.query, compared.gone, compared.goneTotal),
      {
        type: 'facts',
        facts: [
          {
            label: 'Earlier',
            value: `${earlier.id}, ${instantText(earlier.createdAt)}, ${counted(earlier.query.rows, 'row')}`,
          },
          {
            label: 'Later',
            value: `${later.id}, ${instantText(later.createdAt)}, ${counted(later.query.rows, 'row')}`,
          },
          { label: 'Same row', value: identity.keys.join(', ') },
          ...(identity.ignored.length > 0 ? [{ label: 'Not looked at', value: identity.ignored.join(', ') }] : []),
        ],
      },
      {
        type: 'actions',
        buttons: [
          {
            label: 'Other columns …',
            command: 'compare',
            args: { earlier: earlier.id, later: later.id, query: later.query.id },
            opens: 'form',
          },
          ...(compared.freshTotal + compared.goneTotal > 0
            ? [
                {
                  label: 'As CSV',
                  command: 'compare',
                  args: {
                    earlier: earlier.id,
                    later: later.id,
                    query: later.query.id,
                    keys: identity.keys,
                    file: 'yes',
                  },
                  opens: 'nothing' as const,
                },
              ]
            : []),
        ],
      },
    ],
  };
}

function part(title: string, query: RunQuery, rows: { row: Cell[]; number: number }[], total: number): Block[] {
  if (total === 0) return [];
  const first = rows.slice(0, shown);
  return [
    { type: 'heading', text: `${title}: ${counted(total, 'row')}` },
    rowsTable(
      query,
      first.map((one) => one.row),
      {
        numbers: first.map((one) => one.number),
        glance: 7,
        longest: 90,
        total,
        rest: '“As CSV” has them',
      },
    ),
  ];
}
