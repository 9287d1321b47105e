import type { Card } from '../chat/card';
import type { Run } from '../domain/run';
import { type Page, pager } from './pager';
import { counted, shortened, stampText } from './wording';

export function runListCard(runs: Run[], total: number, hunt: string | undefined, page: Page): Card {
  const title = `${counted(total, 'run')}${hunt ? ` of ${hunt}` : ''}`;
  if (total === 0) {
    return {
      title: 'Nothing was run yet',
      blocks: [
        {
          type: 'text',
          text: hunt
            ? `“run” in the thread of ${hunt} runs all of its queries.`
            : '“kql SigninLogs | take 10” runs a query.',
        },
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
      {
        type: 'table',
        columns: [
          { title: 'Run' },
          { title: 'When (UTC)' },
          { title: 'Rows', align: 'right' },
          { title: 'State' },
          { title: 'Queries' },
          { title: 'Asked by' },
        ],
        rows: runs.map((run) => [
          run.id,
          stampText(run.createdAt),
          run.queries.reduce((sum, query) => sum + query.rows, 0).toLocaleString('en-US'),
          stateText(run),
          shortened(run.queries.map((query) => (query.id === 'kql' ? query.name : query.id)).join(', '), 48),
          run.requestedBy.name,
        ]),
        ...(total > runs.length ? { total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'run',
        label: 'View the results of',
        options: runs.map((run) => ({
          value: run.id,
          label: shortened(`${run.id} · ${run.queries.map((query) => query.name).join(', ')}`, 70),
        })),
        act: { command: 'results', args: {} },
      },
      ...pager('runs', hunt ? { hunt } : {}, page),
    ],
  };
}

function stateText(run: Run): string {
  if (run.state !== 'done') return run.state;
  const failed = run.queries.filter((query) => query.state === 'failed').length;
  if (failed === 0) return 'done';
  return failed === run.queries.length ? 'failed' : `done, ${failed} failed`;
}
