import type { ContentKind } from '../domain/solution';
import { counted } from './wording';

export type ContentCounts = Record<ContentKind, number>;

/** `8 queries (7 run here), 3 rules, 1 parser`; kinds of which there are none are left out. */
export function contentText(counts: ContentCounts, runnable?: number): string {
  const parts = [
    [counts['hunting-query'], 'query', 'queries'],
    [counts['rule-template'], 'rule', 'rules'],
    [counts.parser, 'parser', 'parsers'],
    [counts.watchlist, 'watchlist', 'watchlists'],
    [counts.playbook, 'playbook', 'playbooks'],
  ] as const;
  const named = parts.flatMap(([count, one, many]) =>
    count > 0 ? [`${counted(count, one, many)}${one === 'query' ? runs(count, runnable) : ''}`] : [],
  );
  return named.length > 0 ? named.join(', ') : 'nothing';
}

function runs(count: number, runnable: number | undefined): string {
  if (runnable === undefined) return '';
  if (runnable === count) return count === 1 ? ' (runs here)' : ' (all run here)';
  return runnable === 0 ? ' (none can run here)' : ` (${runnable} can run here)`;
}

/** Zeros, to be counted up. */
export function noContent(): ContentCounts {
  return { 'hunting-query': 0, 'rule-template': 0, parser: 0, watchlist: 0, playbook: 0 };
}
