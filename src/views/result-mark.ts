import type { HuntQuery } from '../domain/query';

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
