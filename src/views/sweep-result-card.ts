import type { Block, Button, Card, TableBlock } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import type { Sweep, SweepCounts } from '../domain/sweep';
import { pager } from './pager';
import { pickToHunt } from './pick-queries';
import { deltaMark, resultMark } from './result-mark';
import { countsText, sweepScope } from './sweep-card';
import { counted, shortened, tacticText } from './wording';

/** Which of a sweep's queries are listed. */
export type SweepPart = 'found' | 'failed' | 'missing';

export interface SweepPage {
  part: SweepPart;
  queries: HuntQuery[];
  /** Of all pages. */
  total: number;
  page: number;
  pages: number;
}

/** What a sweep found, most changed first, ready to become a hunt; or what of it failed, and why. */
export function sweepResultCard(sweep: Sweep, counts: SweepCounts, list: SweepPage): Card {
  return {
    title: `${sweep.id} · ${titleOf(counts, list)}`,
    tone: list.part === 'found' ? (counts.found > 0 ? 'warning' : 'good') : 'neutral',
    blocks: [
      { type: 'text', text: summary(sweep, counts, list.part) },
      ...(list.part === 'found' ? found(list) : refused(list)),
      ...pager('sweep show', { sweep: sweep.id, part: list.part }, list),
      { type: 'actions', buttons: others(sweep, counts, list.part) },
      { type: 'note', text: sweepScope(sweep) },
    ],
  };
}

function titleOf(counts: SweepCounts, { part, total }: SweepPage): string {
  if (part === 'failed') return `${counted(total, 'query', 'queries')} failed`;
  if (part === 'missing') return `${counted(total, 'query looks', 'queries look')} at tables that are not here`;
  if (counts.found === 0) return `none of ${counted(counts.total, 'query', 'queries')} found anything`;
  return `${counts.found.toLocaleString('en-US')} of ${counted(counts.total, 'query', 'queries')} found something`;
}

function summary(sweep: Sweep, counts: SweepCounts, part: SweepPart): string {
  const state = { running: 'So far: ', cancelling: 'So far: ', cancelled: 'Cancelled; kept: ', done: '' }[sweep.state];
  const delta = part === 'found' ? ' Δ 24 h: rows of the last 24 hours less those of the 24 before.' : '';
  return `${state}${countsText(counts)}.${delta}`;
}

function found(list: SweepPage): Block[] {
  if (list.total === 0)
    return [
      {
        type: 'note',
        text: 'Look at a longer time: “run-all --since 30d”. “tables” shows what logs there are, and from when.',
      },
    ];
  return [
    {
      type: 'table',
      columns: [
        { title: 'Query' },
        { title: 'Name' },
        { title: 'Results', align: 'right' },
        { title: 'Δ 24 h', align: 'right' },
        { title: 'Tactics' },
      ],
      rows: list.queries.map((query) => [
        query.id,
        shortened(query.name, 80),
        resultMark(query),
        deltaMark(query),
        query.tactics.map(tacticText).join(', '),
      ]),
      ...rest(list),
    },
    ...pickToHunt(list.queries),
  ];
}

function refused(list: SweepPage): Block[] {
  if (list.total === 0)
    return [{ type: 'note', text: 'None. A later counting may have taken its place on the queries.' }];
  return [
    {
      type: 'table',
      columns: [{ title: 'Query' }, { title: 'Name' }, { title: 'Why' }],
      rows: list.queries.map((query) => [query.id, shortened(query.name, 60), query.resultMessage ?? '']),
      ...rest(list),
    },
    {
      type: 'select',
      field: 'query',
      label: 'Look at a query',
      options: list.queries.map((query) => ({ value: query.id, label: `${query.id} · ${query.name}` })),
      act: { command: 'query show', args: {} },
    },
  ];
}

function rest(list: SweepPage): Pick<TableBlock, 'total' | 'rest'> {
  return list.total > list.queries.length ? { total: list.total, rest: `page ${list.page} of ${list.pages}` } : {};
}

function others(sweep: Sweep, counts: SweepCounts, shown: SweepPart): Button[] {
  const labels = {
    found: `With results (${counts.found.toLocaleString('en-US')})`,
    failed: `Failed (${counts.failed.toLocaleString('en-US')})`,
    missing: `Not here (${counts.missing.toLocaleString('en-US')})`,
  };
  const parts = (['found', 'failed', 'missing'] as const).filter((part) => part !== shown && counts[part] > 0);
  return [
    ...parts.map((part) => ({
      label: labels[part],
      command: 'sweep show',
      args: { sweep: sweep.id, part },
      opens: 'nothing' as const,
    })),
    { label: 'Library', command: 'queries', args: { sort: 'delta' }, opens: 'nothing' as const },
  ];
}
