import type { AnalyticsRule, RuleWindow } from '../domain/analytics-rule';
import { ConflictError } from '../errors';
import type { Clock } from '../ports/clock';
import type { JobQueue } from '../ports/job-queue';
import type { QueryEngine } from '../ports/query-engine';
import type { Stores } from '../ports/stores';
import { change } from './change';

/** Windows that are made up for after nothing ran for a while; what is older is said to have been skipped. */
export const catchUp = { windows: 100, milliseconds: 24 * 3_600_000 } as const;

export interface DueDeps {
  stores: Pick<Stores, 'rules' | 'ruleWindows'>;
  engines: ReadonlyMap<string, QueryEngine>;
  queue: JobQueue;
  clock: Clock;
  queryClock: Clock;
}

/** Records the windows of a rule that are due and gives them to the queue, oldest first; resolves to how many. Two processes at once record each once. */
export async function addDueWindows(deps: DueDeps, rule: AnalyticsRule): Promise<number> {
  const next = rule.nextWindow;
  if (rule.state !== 'enabled' || !next) return 0;
  const late = deps.engines.get(rule.engine)?.lateMilliseconds ?? 0;
  const now = deps.clock.now().getTime();
  const ends: number[] = [];
  const every = rule.frequencyMilliseconds;
  const missed = Math.floor((now - late - next.getTime()) / every) + 1;
  if (missed <= 0) return 0;
  const kept = Math.min(missed, catchUp.windows, Math.max(1, Math.floor(catchUp.milliseconds / every)));
  const first = next.getTime() + (missed - kept) * every;
  for (let end = first; end <= now - late; end += every) ends.push(end);
  if (missed > kept) await addSkipped(deps, rule, next.getTime(), first - every, missed - kept);
  for (const end of ends) await addWindow(deps, rule, end, now - late - end >= every);
  const following = new Date((ends.at(-1) ?? next.getTime()) + every);
  await change(deps.stores.rules, rule.id, (current) =>
    current.state === 'enabled' && current.nextWindow && current.nextWindow < following
      ? { ...current, nextWindow: following }
      : null,
  );
  return ends.length;
}

/** The clock of queries may stand at the end of old logs: windows are moved by as much. */
function shifted(deps: DueDeps, milliseconds: number): Date {
  const offset = deps.queryClock.now().getTime() - deps.clock.now().getTime();
  return new Date(milliseconds + (Math.abs(offset) > 60_000 ? offset : 0));
}

async function addWindow(deps: DueDeps, rule: AnalyticsRule, end: number, isLate: boolean): Promise<void> {
  const to = shifted(deps, end);
  const id = `${rule.id}.${end}`;
  const window = newWindow(deps, rule, id, { from: new Date(to.getTime() - rule.periodMilliseconds), to }, end);
  await insertOnce(deps, { ...window, late: isLate });
  await deps.queue.add('run-rule', { window: id }, { id });
}

async function addSkipped(deps: DueDeps, rule: AnalyticsRule, from: number, to: number, count: number): Promise<void> {
  const range = { from: shifted(deps, from - rule.periodMilliseconds), to: shifted(deps, to) };
  const note = `${count} windows were skipped: nothing ran here then, and ${catchUp.windows} windows or a day at most are made up for.`;
  const window = newWindow(deps, rule, `${rule.id}.${to}.skipped`, range, to);
  await insertOnce(deps, { ...window, state: 'skipped', note, finishedAt: deps.clock.now() });
  await deps.queue.add('deliver-rule', { window: window.id }, { id: `${window.id}.result` });
}

function newWindow(
  deps: DueDeps,
  rule: AnalyticsRule,
  id: string,
  range: Pick<RuleWindow, 'from' | 'to'>,
  end: number,
): Omit<RuleWindow, 'version'> {
  if (!rule.thread) throw new Error(`${rule.id} has no channel`);
  return {
    id,
    rule: rule.id,
    ...range,
    dueAt: new Date(end),
    state: 'waiting',
    rows: 0,
    alerts: 0,
    incidents: [],
    entities: [],
    late: false,
    createdAt: deps.clock.now(),
    thread: rule.thread,
    progress: { state: 'none' },
    result: { state: 'none' },
  };
}

async function insertOnce(deps: DueDeps, window: Omit<RuleWindow, 'version'>): Promise<void> {
  try {
    await deps.stores.ruleWindows.insert(window);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
