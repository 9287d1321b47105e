import { type AnalyticsRule, type RuleReplay, triggers } from '../domain/analytics-rule';

type Watched = Pick<AnalyticsRule, 'triggerOperator' | 'triggerThreshold' | 'suppressionMilliseconds'>;

/** Ends, in milliseconds, of the windows of a replay that would have rung at a threshold, suppression counted in. */
export function alertWindows(
  rule: Watched,
  replay: Pick<RuleReplay, 'counts' | 'windows' | 'to' | 'frequencyMilliseconds'>,
  threshold = rule.triggerThreshold,
): number[] {
  const rows = new Map(replay.counts.map((one) => [one.to, one.rows]));
  const ends: number[] = [];
  let quietUntil = Number.NEGATIVE_INFINITY;
  for (let index = replay.windows - 1; index >= 0; index -= 1) {
    const end = replay.to.getTime() - index * replay.frequencyMilliseconds;
    if (end <= quietUntil || !triggers(rule, rows.get(end) ?? 0, threshold)) continue;
    ends.push(end);
    if (rule.suppressionMilliseconds) quietUntil = end + rule.suppressionMilliseconds;
  }
  return ends;
}

/** Thresholds worth a look: the rule's own, and round ones up to what the busiest window had. */
export function thresholdsOf(rule: Watched, replay: Pick<RuleReplay, 'counts'>): number[] {
  const most = replay.counts.reduce((high, one) => Math.max(high, one.rows), 0);
  const round = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].filter((one) => one < most);
  return [...new Set([rule.triggerThreshold, ...round])].sort((a, b) => a - b).slice(0, 8);
}
