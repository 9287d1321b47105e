import type { ContentKind } from '../domain/solution';
import { counted } from './wording';

export type ContentCounts = Record<ContentKind, number>;

/** `8 queries, 3 rule templates, 1 parser`; kinds of which there are none are left out. */
export function contentText(counts: ContentCounts): string {
  const parts = [
    [counts['hunting-query'], 'query', 'queries'],
    [counts['rule-template'], 'rule template', 'rule templates'],
    [counts.parser, 'parser', 'parsers'],
    [counts.watchlist, 'watchlist', 'watchlists'],
    [counts.playbook, 'playbook template', 'playbook templates'],
  ] as const;
  const named = parts.flatMap(([count, one, many]) => (count > 0 ? [counted(count, one, many)] : []));
  return named.length > 0 ? named.join(', ') : 'nothing';
}

/** Zeros, to be counted up. */
export function noContent(): ContentCounts {
  return { 'hunting-query': 0, 'rule-template': 0, parser: 0, watchlist: 0, playbook: 0 };
}
