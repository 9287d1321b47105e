import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sweep } from '../src/domain/sweep';
import { countQuery, type ResultOutcome } from '../src/hunting/count-query';
import type { Log } from '../src/log';
import { type QueryEngine, QueryError } from '../src/ports/query-engine';
import { defineJob } from './define-job';
import { askForSweepProgress, keepOutcome, leaveOut, type SweepDeps } from './settle-sweep';

export interface SweepQueryDeps extends SweepDeps {
  engines: ReadonlyMap<string, QueryEngine>;
  limits: { resultRows: number; queryMilliseconds: number };
  log: Log;
}

const lookMilliseconds = 1000;

/**
 * Counts one query of a sweep. Safe to start twice: what was counted is not counted again. It sees within a second that the sweep was
 * cancelled, and then keeps nothing.
 */
export function createSweepQueryJob(deps: SweepQueryDeps, options: { concurrency: number }) {
  const sweeps = sweepReader(deps);
  return defineJob({
    name: 'sweep-query',
    concurrency: options.concurrency,
    attempts: 3,
    async run({ sweep: id, query: key }, { signal }) {
      // A queue of thousands on the embedded database would otherwise leave nobody else a turn.
      await nextTurn();
      const sweep = await sweeps.recent(id);
      if (sweep?.state !== 'running') return;
      const query = await deps.stores.queries.get(key);
      if (!query || query.deletedAt) await leaveOut(deps, id, key);
      else if (query.resultSweep !== id) {
        const outcome = await countWhileWanted(sweep, query.text, signal);
        if (outcome === 'cancelled') return;
        await keepOutcome(deps, sweep, key, outcome);
      }
      await askForSweepProgress(deps, id);
    },
    async onLost({ sweep: id, query }, error) {
      deps.log.error({ error, sweep: id, query }, 'a query of a sweep was given up');
      const sweep = await deps.stores.sweeps.get(id);
      if (sweep?.state !== 'running') return;
      const said = error instanceof QueryError ? error.message : 'what ran it failed several times';
      const outcome: ResultOutcome = {
        resultState: 'failed',
        resultMessage: `Given up: ${said}.`.replace(/\.\.$/, '.'),
      };
      await keepOutcome(deps, sweep, query, outcome);
      await askForSweepProgress(deps, id);
    },
  });

  async function countWhileWanted(
    sweep: Sweep,
    text: string,
    signal: AbortSignal,
  ): Promise<ResultOutcome | 'cancelled'> {
    const engine = deps.engines.get(sweep.engine);
    if (!engine) return { resultState: 'failed', resultMessage: `The engine ${sweep.engine} is not set up here.` };
    const unwanted = new AbortController();
    const looking = setInterval(() => {
      sweeps.recent(sweep.id).then(
        (now) => {
          if (now?.state !== 'running') unwanted.abort();
        },
        (error: unknown) => deps.log.warn({ error, sweep: sweep.id }, 'a sweep could not be looked at; trying on'),
      );
    }, lookMilliseconds);
    const limits = { rows: deps.limits.resultRows, milliseconds: deps.limits.queryMilliseconds };
    try {
      return await countQuery(engine, text, sweep, limits, AbortSignal.any([signal, unwanted.signal]));
    } catch (error) {
      if (unwanted.signal.aborted) return 'cancelled';
      throw error;
    } finally {
      clearInterval(looking);
    }
  }
}

/** Reads a sweep at most once a second, however many queries ask: it carries the keys of thousands. */
function sweepReader(deps: SweepDeps) {
  const known = new Map<string, { at: number; sweep: Promise<Sweep | null> }>();
  return {
    recent(id: string): Promise<Sweep | null> {
      const now = deps.clock.now().getTime();
      for (const [key, one] of known) if (now - one.at >= lookMilliseconds || now < one.at) known.delete(key);
      const found = known.get(id) ?? { at: now, sweep: deps.stores.sweeps.get(id) };
      known.set(id, found);
      found.sweep.catch(() => known.delete(id));
      return found.sweep;
    },
  };
}
