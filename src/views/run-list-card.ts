import type { Card } from '../chat/card';
import type { Run } from '../domain/run';
import { type Page, pager } from './pager';
import { counted, instantText } from './wording';

export function runListCard(runs: Run[], total: number, hunt: string | undefined, page: Page): Card {
  const title = `${counted(total, 'run')}${hunt ? ` of ${hunt}` : ''}`;
  if (total === 0) {
    return {
      title: 'Nothing was run yet',
      blocks: [
        { type: 'text', text: hunt ? `Nothing was run in ${hunt} yet.` : 'Nothing was run yet.' },
        ...(hunt
          ? [
              {
                type: 'actions' as const,
                buttons: [
                  {
                    label: 'Run all',
                    command: 'run',
                    args: { hunt },
                    opens: 'nothing' as const,
                    style: 'primary' as const,
                  },
                ],
              },
            ]
          : []),
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
          { title: 'Run' },
          { title: 'Queries' },
          { title: 'Rows', align: 'right' },
          { title: 'State' },
          { title: 'Asked by' },
          { title: 'When' },
        ],
        rows: runs.map((run) => [
          run.id,
          run.queries.map((query) => (query.id === 'kql' ? query.name : query.id)).join(', '),
          String(run.queries.reduce((sum, query) => sum + query.rows, 0)),
          run.queries.some((query) => query.state === 'failed') && run.state === 'done'
            ? 'done, with failures'
            : run.state,
          run.requestedBy.name,
          instantText(run.createdAt),
        ]),
        ...(total > runs.length ? { total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'run',
        label: 'View the results of',
        options: runs.map((run) => ({
          value: run.id,
          label: `${run.id} · ${run.queries.map((query) => query.name).join(', ')}`.slice(0, 70),
        })),
        act: { command: 'results', args: {} },
      },
      ...pager('runs', hunt ? { hunt } : {}, page),
    ],
  };
}
