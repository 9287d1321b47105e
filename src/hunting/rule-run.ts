import type { AnalyticsRule, RuleWindow } from '../domain/analytics-rule';
import type { PersonRef } from '../domain/ids';
import type { Run } from '../domain/run';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { change } from './change';
import type { WindowResult } from './rule-window';

const rowsPerPage = 1000;

/** Keeps the rows of a window that raised alerts as a run, so that they are looked through, exported and bookmarked like any other. */
export async function keepWindowRun(
  deps: { stores: Pick<Stores, 'runs' | 'results' | 'ruleWindows' | 'next'>; clock: Clock },
  rule: AnalyticsRule,
  window: RuleWindow,
  result: WindowResult,
): Promise<Run> {
  // Recorded before the rows, so that a second start of the same window writes into the same run.
  const number = await deps.stores.next('run');
  const claimed = await change(deps.stores.ruleWindows, window.id, (current) =>
    current.run ? null : { ...current, run: `R-${number}` },
  );
  const id = claimed?.run ?? `R-${number}`;
  const key = { run: id, query: 'rule', attempt: 1 };
  for (let at = 0, page = 0; at < result.rows.length; at += rowsPerPage, page += 1)
    await deps.stores.results.put(key, page, result.rows.slice(at, at + rowsPerPage));
  const known = await deps.stores.runs.get(id);
  if (known) return known;
  const now = deps.clock.now();
  const by: PersonRef = { platform: 'system', tenant: 'local', id: 'talbot', name: `${rule.id} ${rule.name}` };
  const left = result.total - result.rows.length;
  return deps.stores.runs.insert({
    id,
    number: Number(id.slice(2)),
    ...(rule.hunts[0] ? { hunt: rule.hunts[0] } : {}),
    engine: rule.engine,
    from: window.from,
    to: window.to,
    asOf: window.to,
    asOfGiven: true,
    queries: [
      {
        id: 'rule',
        name: rule.name,
        text: rule.text,
        tactics: rule.tactics,
        techniques: rule.techniques,
        entityMappings: rule.entityMappings,
        state: 'done',
        attempt: 1,
        columns: result.columns,
        rows: result.rows.length,
        truncated: left > 0,
        notes: left > 0 ? [...result.notes, `${left} further rows were counted and are not kept.`] : result.notes,
        startedAt: now,
        finishedAt: now,
      },
    ],
    state: 'done',
    requestedBy: by,
    createdAt: now,
    finishedAt: now,
    thread: window.thread,
    progress: { state: 'none' },
    result: { state: 'sent' },
  });
}
