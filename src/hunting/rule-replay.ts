import type { AnalyticsRule, RuleReplay } from '../domain/analytics-rule';
import { findEntities, mappingsFor } from '../domain/find-entities';
import type { QueryEngine } from '../ports/query-engine';
import type { Stores } from '../ports/stores';
import { runWindow } from './rule-window';

const mostNoisy = 25;
/** Distinct values that are counted; a result that names more says the most frequent of these. */
const mostValues = 200_000;

export interface ReplayDeps {
  stores: Pick<Stores, 'bookmarks'>;
  engines: ReadonlyMap<string, QueryEngine>;
  limits: { resultRows: number; queryMilliseconds: number };
}

export type ReplayFindings = Pick<RuleReplay, 'counts' | 'noisiest' | 'entities' | 'done'>;

/** Runs every window of a replay, oldest first; `onProgress` is told after each. Rejects with QueryError as the first failing window does. */
export async function replayWindows(
  deps: ReplayDeps,
  rule: AnalyticsRule,
  replay: RuleReplay,
  onProgress: (found: () => ReplayFindings) => Promise<void>,
  signal: AbortSignal,
): Promise<ReplayFindings & { values: ReadonlySet<string> }> {
  const engine = deps.engines.get(rule.engine);
  if (!engine) throw new Error(`The engine ${rule.engine} is not set up here.`);
  const counts: RuleReplay['counts'] = [];
  const seen = new Map<string, { type: string; value: string; windows: number }>();
  let done = 0;
  const findings = (): ReplayFindings => ({
    counts,
    done,
    entities: seen.size,
    noisiest: [...seen.values()].sort((a, b) => b.windows - a.windows).slice(0, mostNoisy),
  });
  for (let index = replay.windows - 1; index >= 0; index -= 1) {
    const to = new Date(replay.to.getTime() - index * replay.frequencyMilliseconds);
    const range = { from: new Date(to.getTime() - replay.periodMilliseconds), to };
    const result = await runWindow(engine, replay, range, deps.limits, { signal });
    done += 1;
    if (result.total > 0) {
      counts.push({ to: to.getTime(), rows: result.total });
      const mappings = mappingsFor(result.columns, rule.entityMappings);
      for (const one of findEntities(result.columns, result.rows, mappings)) {
        const key = `${one.type}|${one.value.toLowerCase()}`;
        const known = seen.get(key);
        if (known) known.windows += 1;
        else if (seen.size < mostValues) seen.set(key, { type: one.type, value: one.value, windows: 1 });
      }
    }
    await onProgress(findings);
  }
  return { ...findings(), values: new Set(seen.keys()) };
}

/** Bookmarks of the rule's hunts that name something the rule would have raised. */
export async function bookmarksRaised(
  deps: ReplayDeps,
  rule: AnalyticsRule,
  values: ReadonlySet<string>,
): Promise<Pick<RuleReplay, 'bookmarks' | 'bookmarksLookedAt'>> {
  const bookmarks: string[] = [];
  let lookedAt = 0;
  for (const hunt of rule.hunts) {
    const kept = await deps.stores.bookmarks.pick(['id', 'entities'], {
      where: { hunt: { is: hunt }, deletedAt: { missing: true } },
      limit: 2000,
    });
    lookedAt += kept.length;
    for (const one of kept)
      if (one.entities.some((entity) => values.has(`${entity.type}|${entity.value.toLowerCase()}`)))
        bookmarks.push(one.id);
  }
  return { bookmarks, bookmarksLookedAt: lookedAt };
}
