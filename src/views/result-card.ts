import type { Block, Card } from '../chat/card';
import type { Run, RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { markedLine } from './marked-line';
import { pickRows } from './pick-rows';
import { rowsTable } from './rows-table';
import { errorText, scopeText } from './run-card';
import { counted } from './wording';

/** The beginning of one query's result, and a link to all of it. */
export interface QueryResult {
  query: RunQuery;
  rows: Cell[][];
  file?: string;
  /** The picture that the query asks for, and what it leaves out. */
  chart?: Block[];
}

/** Of a run of several queries: how many show their rows, how many rows each, and how many columns. */
const glance = { queries: 4, rows: 3, columns: 5, longest: 90 };

/** Longest value of a result's first rows: a command line of thousands of characters would bury the rest. */
const longest = 300;

/** The results of which the card shows rows. */
export function shownHits(run: Run, results: QueryResult[]): QueryResult[] {
  const hits = results.filter((result) => result.query.rows > 0);
  return run.queries.length > 1 ? hits.slice(0, glance.queries) : hits;
}

/** What a finished run found: posted once. Of one query its rows; of several first which of them hit, then a glance at each. */
export function resultCard(run: Run, results: QueryResult[]): Card {
  const rows = run.queries.reduce((sum, query) => sum + query.rows, 0);
  const hits = results.filter((result) => result.query.rows > 0);
  const several = run.queries.length > 1;
  return {
    title: titleOf(run, rows, hits.length),
    tone: toneOf(run, rows),
    blocks: [
      ...(several ? [summary(run)] : outcome(run)),
      ...shownHits(run, results).flatMap((hit) => (several ? glanceBlocks(hit) : wholeBlocks(run, hit))),
      ...notes(run.queries),
      ...(several && hits.length > 0 ? [leftOut(hits)] : []),
      ...emptyAdvice(run, rows),
      ...choices(run, hits),
      { type: 'actions', buttons: buttons(run, hits) },
      ...tabNote(run),
      { type: 'note', text: scopeText(run) },
    ],
  };
}

function titleOf(run: Run, rows: number, hits: number): string {
  if (run.queries.every((query) => query.state === 'failed'))
    return `${run.id} · ${run.queries.length === 1 ? 'the query failed' : `all ${run.queries.length} queries failed`}`;
  const of = run.queries.length > 1 ? ` from ${hits} of ${counted(run.queries.length, 'query', 'queries')}` : '';
  return `${run.id} · ${run.state === 'cancelled' ? 'cancelled with ' : ''}${counted(rows, 'row')}${of}`;
}

function toneOf(run: Run, rows: number): NonNullable<Card['tone']> {
  if (rows > 0 || run.queries.some((query) => query.state === 'failed')) return 'warning';
  return run.state === 'cancelled' ? 'neutral' : 'good';
}

/** One line a query, those with rows first. */
function summary(run: Run): Block {
  const hits = run.queries.filter((query) => query.rows > 0);
  const failed = run.queries.filter((query) => query.state === 'failed');
  const cancelled = run.queries.filter((query) => query.state === 'cancelled');
  const silent = run.queries.filter((query) => query.state === 'done' && query.rows === 0);
  const lines = [
    ...hits.map((query) => `• ${counted(query.rows, 'row')}: ${nameOf(query)}`),
    ...failed.map((query) => `✕ failed: ${nameOf(query)}. ${errorText(query)}`),
    ...(cancelled.length > 0 ? [`– cancelled: ${cancelled.map((query) => query.id).join(', ')}`] : []),
    ...(silent.length > 0 ? [`○ nothing found: ${silent.map((query) => query.id).join(', ')}`] : []),
  ];
  return { type: 'text', text: lines.join('\n') };
}

/** Of a single query: what stands in place of rows. */
function outcome(run: Run): Block[] {
  return run.queries.flatMap((query): Block[] => {
    if (query.state === 'failed') return [{ type: 'text', text: errorText(query) }, ...marked(query)];
    return query.rows === 0 ? [{ type: 'text', text: `${nameOf(query)} found nothing.` }] : [];
  });
}

/** Where in the query the fault is. */
function marked({ text, error }: RunQuery): Block[] {
  if (error?.line === undefined) return [];
  const lines = markedLine(text, error.line, error.column ?? 1);
  return lines === '' ? [] : [{ type: 'code', text: lines, language: 'kql' }];
}

function emptyAdvice(run: Run, rows: number): Block[] {
  const days = (run.to.getTime() - run.from.getTime()) / 86_400_000;
  if (rows > 0 || days >= 30 || run.queries.some((query) => query.state !== 'done')) return [];
  return [{ type: 'note', text: 'A longer range may hold something: “run --since 30d”.' }];
}

function nameOf(query: RunQuery): string {
  return query.id === 'kql' ? 'The query' : `${query.id} ${query.name}`;
}

function glanceBlocks({ query, rows, chart = [] }: QueryResult): Block[] {
  const first = rows.slice(0, glance.rows);
  return [
    { type: 'heading', text: nameOf(query) },
    ...chart,
    // How many rows there are stands above already.
    rowsTable(query, first, { glance: glance.columns, longest: glance.longest, total: first.length, rest: '' }),
    ...truncation(query),
  ];
}

function leftOut(hits: QueryResult[]): Block {
  const more = hits.length - glance.queries;
  const others = more > 0 ? `; ${counted(more, 'more query', 'more queries')} with rows` : '';
  return {
    type: 'note',
    text: `The first rows and the columns that tell most${others}. “View results” has everything.`,
  };
}

function wholeBlocks(run: Run, { query, rows, file, chart = [] }: QueryResult): Block[] {
  const table = rowsTable(query, rows, { longest, rest: '“View results” pages through them, the file has all' });
  const cut = table.rows.flat().filter((text) => text.length >= longest && text.endsWith('…')).length;
  return [
    ...chart,
    table,
    ...pickRows(
      run.id,
      query,
      rows,
      rows.map((_, at) => at + 1),
    ),
    ...(cut > 0
      ? [{ type: 'note' as const, text: `${counted(cut, 'long value')} shortened (…): “View results” has more of it` }]
      : []),
    ...truncation(query),
    ...(file
      ? [
          {
            type: 'file' as const,
            name: `${run.id}-${query.id}.csv`,
            url: file,
            detail: `${counted(query.rows, 'row')}, CSV`,
          },
        ]
      : []),
  ];
}

function truncation(query: RunQuery): Block[] {
  if (!query.truncated) return [];
  return [
    { type: 'note', text: `The row limit was reached: ${counted(query.rows, 'row')} were kept, there are more.` },
  ];
}

/** What several queries say alike stands once. */
function notes(queries: readonly RunQuery[]): Block[] {
  return [...new Set(queries.flatMap((query) => query.notes))].map((text) => ({ type: 'note', text }));
}

function choices(run: Run, hits: QueryResult[]): Block[] {
  if (hits.length < 2) return [];
  return [
    {
      type: 'select',
      field: 'query',
      label: 'View the results of',
      options: hits.map(({ query }) => ({
        value: query.id,
        label: `${query.id} ${query.name}: ${counted(query.rows, 'row')}`,
      })),
      act: { command: 'results', args: { run: run.id } },
    },
  ];
}

function buttons(run: Run, hits: QueryResult[]): Extract<Block, { type: 'actions' }>['buttons'] {
  const only = hits.length === 1 ? hits[0] : undefined;
  const args = only ? { run: run.id, query: only.query.id } : { run: run.id };
  return [
    ...(hits.length > 0
      ? [
          {
            label: 'View results',
            command: 'results',
            args,
            opens: 'nothing' as const,
            style: 'primary' as const,
          },
          // Of a single query the button stands beside the rows to tick.
          ...(only ? [] : [{ label: 'Bookmark rows', command: 'bookmark', args, opens: 'form' as const }]),
        ]
      : []),
    ...correction(run),
    { label: 'Run again', command: 'run-again', args: { run: run.id }, opens: 'nothing' },
    ...tabButtons(run),
  ];
}

/** A query whose text is at fault is offered for correction, filled in. */
function correction(run: Run): Extract<Block, { type: 'actions' }>['buttons'] {
  const [query, ...further] = run.queries;
  if (!query || further.length > 0 || query.state !== 'failed' || query.error?.line === undefined) return [];
  if (run.tab !== undefined)
    return [
      {
        label: 'Correct it',
        command: 'tab edit',
        args: { tab: run.tab, corrects: run.id },
        opens: 'form',
        style: 'primary',
      },
    ];
  const hunt = run.hunt === undefined ? {} : { hunt: run.hunt };
  if (query.id === 'kql')
    return [
      { label: 'Correct it', command: 'kql', args: { corrects: run.id, ...hunt }, opens: 'form', style: 'primary' },
    ];
  if (run.hunt === undefined) return [];
  return [
    {
      label: 'Edit the query',
      command: 'query edit',
      args: { query: `${run.hunt}/${query.id}` },
      opens: 'form',
      style: 'primary',
    },
  ];
}

function tabNote({ tab, hunt, queries }: Run): Block[] {
  if (tab === undefined) return [];
  return [{ type: 'note', text: `${tab}, a tab of ${hunt ?? 'its hunt'}: ${queries[0]?.name ?? ''}` }];
}

function tabButtons({ tab, queries }: Run): Extract<Block, { type: 'actions' }>['buttons'] {
  if (tab === undefined) return [];
  const keep = { label: 'Keep as query', command: 'tab promote', args: { tab }, opens: 'form' as const };
  return [
    { label: 'Rename', command: 'tab rename', args: { tab }, opens: 'form' },
    ...(queries.some((query) => query.state === 'done') ? [keep] : []),
  ];
}
