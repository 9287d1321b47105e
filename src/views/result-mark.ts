import type { NoteBlock } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import type { Sweep } from '../domain/sweep';
import { instantText, rangeText } from './wording';

type Marked = Pick<HuntQuery, 'resultState' | 'resultCount' | 'resultDelta'>;

/** As Sentinel's results bar: `1,204`, `0`, `N/A` where the table is missing, `!` where it failed, `-` where it was never counted. */
export function resultMark({ resultState, resultCount }: Marked): string {
  if (resultState === undefined) return '-';
  if (resultState === 'missing') return 'N/A';
  return resultState === 'failed' ? '!' : (resultCount ?? 0).toLocaleString('en-US');
}

/** `+12`, `−3`, `0`; empty where there is none. */
export function deltaMark({ resultDelta }: Marked): string {
  if (resultDelta === undefined) return '';
  if (resultDelta === 0) return '0';
  return `${resultDelta > 0 ? '+' : '−'}${Math.abs(resultDelta).toLocaleString('en-US')}`;
}

/** When the results that a list shows were counted, and over which time; how to count them where they never were. */
export function countedBy(queries: HuntQuery[], sweeps: Sweep[]): NoteBlock {
  const times = queries.flatMap((query) => (query.resultAt ? [query.resultAt.getTime()] : []));
  if (times.length === 0)
    return { type: 'note', text: 'Results: “run-all” counts what each query finds, and what changed since yesterday.' };
  const known = sweeps.toSorted((a, b) => b.number - a.number).map((sweep) => `${sweep.id}: ${rangeText(sweep)}`);
  const [first, last] = [instantText(new Date(Math.min(...times))), instantText(new Date(Math.max(...times)))];
  const when = first === last ? first : `${first} to ${last}`;
  const signs = [
    ...(queries.some((query) => query.resultState === 'missing') ? ['N/A: its table is not here'] : []),
    ...(queries.some((query) => query.resultState === 'failed') ? ['!: it failed'] : []),
    ...(queries.some((query) => query.resultState === undefined) ? ['-: never counted'] : []),
  ];
  return {
    type: 'note',
    text: [`Results counted ${when}${known.length > 0 ? ` (${known.join('; ')})` : ''}`, ...signs].join(' · '),
  };
}
