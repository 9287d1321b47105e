import type { AnalyticsRule, RuleWindow } from '../src/domain/analytics-rule';
import { windowResultJobId } from '../src/domain/analytics-rule';
import { change } from '../src/hunting/change';
import { alertsOf } from '../src/hunting/rule-alerts';
import { type IncidentDeps, incidentsOf } from '../src/hunting/rule-incidents';
import { keepWindowRun } from '../src/hunting/rule-run';
import { runWindow } from '../src/hunting/rule-window';
import type { Log } from '../src/log';
import type { JobQueue } from '../src/ports/job-queue';
import { type QueryEngine, QueryError } from '../src/ports/query-engine';
import type { Stores } from '../src/ports/stores';
import { defineJob } from './define-job';

export interface RunRuleDeps extends IncidentDeps {
  stores: Stores;
  engines: ReadonlyMap<string, QueryEngine>;
  queue: JobQueue;
  limits: { resultRows: number; queryMilliseconds: number };
  log: Log;
}

/** So many windows that failed for a lasting reason, one after another, switch a rule off. */
export const mostFailures = 10;

/** Runs one window of a rule. Safe to be started twice: alerts have ids, and an incident begins with one alert only once. */
export function createRunRuleJob(deps: RunRuleDeps, options: { concurrency: number }) {
  return defineJob({
    name: 'run-rule',
    concurrency: options.concurrency,
    attempts: 4,
    async run({ window: id }, { signal }) {
      const window = await change(deps.stores.ruleWindows, id, (current) =>
        current.state === 'waiting' ? { ...current, state: 'running' as const } : null,
      );
      if (window?.state !== 'running') {
        if (window && window.result.state !== 'sent') await deliver(deps, window);
        return;
      }
      const rule = await deps.stores.rules.get(window.rule);
      if (rule?.state !== 'enabled' || rule.deletedAt)
        return settle(deps, window, { state: 'skipped', note: 'The rule was switched off before its turn came.' });
      if (rule.suppressedUntil && rule.suppressedUntil > window.dueAt)
        return settle(deps, window, {
          state: 'skipped',
          note: `Suppressed until ${rule.suppressedUntil.toISOString().slice(0, 16).replace('T', ' ')} UTC, after an earlier alert.`,
        });
      const engine = deps.engines.get(rule.engine);
      if (!engine) return fail(deps, rule, window, `The engine ${rule.engine} is not set up here.`);
      try {
        await runAndRaise(deps, engine, rule, window, signal);
      } catch (error) {
        if (signal.aborted || !(error instanceof QueryError) || error.code === 'internal') throw error;
        await fail(deps, rule, window, error.message);
      }
    },
    async onLost({ window: id }, error) {
      deps.log.error({ error, window: id }, 'a window of a rule was given up');
      const window = await deps.stores.ruleWindows.get(id);
      const rule = window && (await deps.stores.rules.get(window.rule));
      if (window && rule)
        await fail(
          deps,
          rule,
          window,
          'It was tried several times and ended in a fault of Talbot’s own; the log has it.',
        );
    },
  });
}

async function runAndRaise(
  deps: RunRuleDeps,
  engine: QueryEngine,
  rule: AnalyticsRule,
  window: RuleWindow,
  signal: AbortSignal,
): Promise<void> {
  const result = await runWindow(engine, rule, window, deps.limits, { signal });
  const raised = alertsOf(rule, result);
  if (!raised.triggered) return settle(deps, window, { state: 'done', rows: result.total });
  const run = await keepWindowRun(deps, rule, window, result);
  const incidents = await incidentsOf(deps, rule, window, raised.alerts, run.id);
  const suppression = rule.suppressionMilliseconds;
  if (suppression)
    await change(deps.stores.rules, rule.id, (current) => ({
      ...current,
      suppressedUntil: new Date(window.dueAt.getTime() + suppression),
    }));
  const notes = [...result.notes, ...(raised.left ? [raised.left] : [])];
  await settle(deps, window, {
    state: 'done',
    rows: result.total,
    alerts: raised.alerts.length,
    entities: raised.alerts.flatMap((alert) => alert.entities).slice(0, 50),
    incidents,
    run: run.id,
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  });
}

async function fail(deps: RunRuleDeps, rule: AnalyticsRule, window: RuleWindow, message: string): Promise<void> {
  const before = await deps.stores.ruleWindows.find({
    where: { rule: { is: rule.id }, to: { below: window.to } },
    sort: [{ field: 'to', direction: 'down' }],
    limit: mostFailures - 1,
  });
  const streak = before.findIndex((one) => one.state !== 'failed');
  const failures = (streak < 0 ? before.length : streak) + 1;
  const givenUp = failures >= mostFailures;
  if (givenUp)
    await change(deps.stores.rules, rule.id, (current) => {
      const { nextWindow: _next, ...rest } = current;
      return current.state === 'enabled' ? { ...rest, state: 'disabled' as const, updatedAt: deps.clock.now() } : null;
    });
  const note = givenUp ? `${message} It was the ${failures}th time in a row: the rule is switched off.` : message;
  // Of a streak only its beginning and its end are told.
  const told = failures === 1 || givenUp;
  await settle(deps, window, { state: 'failed', note, ...(told ? {} : { result: { state: 'sent' as const } }) });
}

async function settle(
  deps: Pick<RunRuleDeps, 'stores' | 'clock' | 'queue'>,
  window: RuleWindow,
  outcome: Partial<RuleWindow> & { state: RuleWindow['state'] },
): Promise<void> {
  const settled = await change(deps.stores.ruleWindows, window.id, (current) =>
    current.state === 'running' || current.state === 'waiting'
      ? { ...current, ...outcome, finishedAt: deps.clock.now() }
      : null,
  );
  if (settled) await deliver(deps, settled);
}

/** Silence where nothing was raised: a rule that finds nothing says nothing. */
async function deliver(deps: Pick<RunRuleDeps, 'queue'>, window: RuleWindow): Promise<void> {
  const tells = window.state === 'failed' || (window.state === 'done' && window.alerts > 0);
  if (tells && window.result.state !== 'sent')
    await deps.queue.add('deliver-rule', { window: window.id }, { id: windowResultJobId(window.id) });
}
