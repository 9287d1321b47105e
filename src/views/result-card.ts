import type { Block, Card } from '../chat/card';
import type { Run, RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { rowsTable } from './rows-table';
import { errorText, scopeText } from './run-card';
import { counted } from './wording';

/** The beginning of one query's result, and a link to all of it. */
export interface QueryResult {
  query: RunQuery;
  rows: Cell[][];
  file?: string;
}

const shownQueries = 4;

/** What a finished run found: posted once. */
export function resultCard(run: Run, results: QueryResult[]): Card {
  const rows = run.queries.reduce((sum, query) => sum + query.rows, 0);
  const hits = results.filter((result) => result.query.rows > 0);
  const title = `${run.id} · ${run.state === 'cancelled' ? 'cancelled with ' : ''}${counted(rows, 'row')}${
    run.queries.length > 1 ? ` from ${hits.length} of ${counted(run.queries.length, 'query', 'queries')}` : ''
  }`;
  return {
    title,
    tone: rows > 0 ? 'warning' : 'good',
    blocks: [
      { type: 'heading', text: title },
      ...failures(run),
      ...quiet(run, hits.length),
      ...hits.slice(0, shownQueries).flatMap((result) => resultBlocks(run, result, run.queries.length > 1)),
      ...(hits.length > shownQueries
        ? [
            {
              type: 'note' as const,
              text: `${counted(hits.length - shownQueries, 'more query', 'more queries')} with rows: choose below.`,
            },
          ]
        : []),
      ...choices(run, hits),
      {
        type: 'actions',
        buttons: [
          ...(hits.length > 0
            ? [
                {
                  label: 'View results',
                  command: 'results',
                  args: { run: run.id },
                  opens: 'nothing' as const,
                  style: 'primary' as const,
                },
                { label: 'Bookmark rows', command: 'bookmark', args: bookmarkArgs(run, hits), opens: 'form' as const },
              ]
            : []),
          { label: 'Run again', command: 'run-again', args: { run: run.id }, opens: 'nothing' },
        ],
      },
      { type: 'note', text: scopeText(run) },
    ],
  };
}

function bookmarkArgs(run: Run, hits: QueryResult[]): Record<string, string> {
  const only = hits.length === 1 ? hits[0] : undefined;
  return only ? { run: run.id, query: only.query.id } : { run: run.id };
}

function failures(run: Run): Block[] {
  return run.queries
    .filter((query) => query.state === 'failed')
    .map((query) => ({
      type: 'text',
      text: `${query.id === 'kql' ? 'The query' : `${query.id} ${query.name}`} failed: ${errorText(query)}`,
    }));
}

function quiet(run: Run, hits: number): Block[] {
  const silent = run.queries.filter((query) => query.state === 'done' && query.rows === 0);
  if (silent.length === 0) return [];
  const names = silent.map((query) => (query.id === 'kql' ? 'The query' : query.id)).join(', ');
  return [
    {
      type: 'text',
      text: `${names} found nothing in this range${hits === 0 ? '. A longer range may: “--since 30d”' : ''}.`,
    },
  ];
}

function resultBlocks(run: Run, result: QueryResult, named: boolean): Block[] {
  const { query } = result;
  return [
    ...(named ? [{ type: 'text' as const, text: `${query.id} ${query.name}: ${counted(query.rows, 'row')}` }] : []),
    rowsTable(query, result.rows, {
      firstRow: 1,
      rest: `“results ${run.id}${named ? ` ${query.id}` : ''}” pages through them, the file has all`,
    }),
    ...(query.truncated
      ? [
          {
            type: 'note' as const,
            text: `The row limit was reached: ${counted(query.rows, 'row')} were kept, there are more.`,
          },
        ]
      : []),
    ...query.notes.map((text) => ({ type: 'note' as const, text })),
    ...(result.file
      ? [
          {
            type: 'file' as const,
            name: `${run.id}-${query.id}.csv`,
            url: result.file,
            detail: `${counted(query.rows, 'row')}, CSV`,
          },
        ]
      : []),
  ];
}

function choices(run: Run, hits: QueryResult[]): Block[] {
  if (hits.length < 2) return [];
  return [
    {
      type: 'select',
      field: 'query',
      label: 'View the results of',
      options: hits.map(({ query }) => ({ value: query.id, label: `${query.id} ${query.name} (${query.rows})` })),
      act: { command: 'results', args: { run: run.id } },
    },
  ];
}
