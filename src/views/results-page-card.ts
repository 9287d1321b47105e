import type { Block, Card } from '../chat/card';
import type { FieldValues } from '../chat/inbound';
import type { Run, RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { type Page, pager } from './pager';
import { pickRows } from './pick-rows';
import { rowsTable } from './rows-table';
import { scopeText } from './run-card';
import { counted, shortened } from './wording';

export interface ResultsPage extends Page {
  run: Run;
  query: RunQuery;
  rows: Cell[][];
  numbers: number[];
  /** Rows that fit the filter. */
  total: number;
  columns?: string[];
  args: FieldValues;
  file: string;
  /** The same query on the service's own page. */
  portal?: string | undefined;
  /** The picture that the query asks for, above its first page. */
  chart?: Block[];
}

export function resultsPageCard(view: ResultsPage): Card {
  const { run, query, total } = view;
  const name = query.id === 'kql' ? query.name : `${query.id} ${query.name}`;
  const title = `${run.id} · ${name}: ${counted(total, 'row')}`;
  return {
    title,
    blocks: [
      ...(view.chart ?? []),
      ...(total === 0
        ? [
            {
              type: 'text' as const,
              text: query.rows === 0 ? 'This query found nothing.' : `None of the ${query.rows} rows fits the filter.`,
            },
          ]
        : [
            rowsTable(query, view.rows, {
              numbers: view.numbers,
              total,
              rest: `page ${view.page} of ${view.pages}`,
              ...(view.columns ? { columns: view.columns } : {}),
            }),
          ]),
      ...pickRows(run.id, query, view.rows, view.numbers),
      ...sortBlocks(view),
      ...(query.rows > 0
        ? [
            {
              type: 'actions' as const,
              buttons: [
                ...pager('results', view.args, view).flatMap((block) => block.buttons),
                ...(run.hunt
                  ? [
                      {
                        label: 'Compare with the run before',
                        command: 'compare',
                        args: { earlier: run.id, query: query.id },
                        opens: 'nothing' as const,
                      },
                    ]
                  : []),
                ...(view.portal ? [{ label: portalLabel(run.engine), url: view.portal }] : []),
                ...(['json', 'parquet'] as const).map((format) => ({
                  label: format === 'json' ? 'JSON' : 'Parquet',
                  command: 'export',
                  args: { run: run.id, query: query.id, format },
                  opens: 'nothing' as const,
                })),
              ],
            },
            {
              type: 'file' as const,
              name: `${run.id}-${query.id}.csv`,
              url: view.file,
              detail: `${counted(query.rows, 'row')}, CSV`,
            },
          ]
        : []),
      ...query.notes.map((text) => ({ type: 'note' as const, text })),
      { type: 'note', text: scopeText(run) },
    ],
  };
}

function portalLabel(engine: string): string {
  return engine.startsWith('log-analytics') ? 'View in Log Analytics' : 'View in Data Explorer';
}

/** The other order, and the columns that are not shown. */
function sortBlocks({ query, args, rows }: ResultsPage): Block[] {
  if (query.rows < 2 || rows.length === 0) return [];
  const { page: _page, sort: _sort, ...rest } = args;
  const options = query.columns.slice(0, 12).flatMap(({ name }) => [
    { value: `-${name}`, label: `${shortened(name, 40)}, highest first` },
    { value: name, label: `${shortened(name, 40)}, lowest first` },
  ]);
  return [{ type: 'select', field: 'sort', label: 'Sort by', options, act: { command: 'results', args: rest } }];
}

/** A run of several queries: which one's rows? */
export function chooseQueryCard(run: Run): Card {
  const title = `${run.id} · ${counted(run.queries.length, 'query', 'queries')}`;
  const hits = run.queries.filter((query) => query.rows > 0);
  return {
    title,
    blocks: [
      {
        type: 'table',
        columns: [{ title: 'Query' }, { title: 'Name' }, { title: 'State' }, { title: 'Rows', align: 'right' }],
        rows: run.queries.map((query) => [
          query.id,
          shortened(query.name, 80),
          query.state,
          query.state === 'done' ? query.rows.toLocaleString('en-US') : '',
        ]),
      },
      ...(hits.length > 0
        ? [
            {
              type: 'select' as const,
              field: 'query',
              label: 'View the results of',
              options: hits.map((query) => ({
                value: query.id,
                label: `${query.id} ${query.name}: ${counted(query.rows, 'row')}`,
              })),
              act: { command: 'results', args: { run: run.id } },
            },
          ]
        : [{ type: 'text' as const, text: 'None of them found anything.' }]),
      { type: 'note', text: scopeText(run) },
    ],
  };
}
