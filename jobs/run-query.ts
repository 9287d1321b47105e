import type { RunQuery } from '../src/domain/run';
import type { Log } from '../src/log';
import { type QueryEngine, QueryError } from '../src/ports/query-engine';
import { defineJob, wasCancelled } from './define-job';
import { askForProgress, changeQuery, closeRun, type RunDeps, settleQuery } from './settle-query';

export interface RunQueryDeps extends RunDeps {
  engines: ReadonlyMap<string, QueryEngine>;
  limits: { resultRows: number; queryMilliseconds: number };
  log: Log;
}

const progressEveryMilliseconds = 2000;

/** Runs one query of a run and keeps its rows. Safe to start twice: each start writes its own pages, and only the last one counts. */
export function createRunQueryJob(deps: RunQueryDeps, options: { concurrency: number }) {
  return defineJob({
    name: 'run-query',
    concurrency: options.concurrency,
    attempts: 4,
    async run({ run: runId, query: queryId }, { signal }) {
      const run = await changeQuery(deps, runId, queryId, (current) =>
        current.state === 'waiting' || current.state === 'running'
          ? { ...current, state: 'running', attempt: current.attempt + 1, startedAt: deps.clock.now() }
          : null,
      );
      const query = run?.queries.find((one) => one.id === queryId);
      if (!run || !query) return;
      if (query.state !== 'running') return closeRun(deps, runId);
      if (run.state === 'cancelling' || wasCancelled(signal))
        return settleQuery(deps, runId, queryId, { state: 'cancelled' });
      const engine = deps.engines.get(run.engine);
      if (!engine)
        return settleQuery(deps, runId, queryId, {
          state: 'failed',
          error: { code: 'unsupported', message: `The engine ${run.engine} is not set up here.` },
        });

      const ticking = startProgress(deps, runId);
      try {
        const outcome = await keepRows(deps, engine, run, query, signal);
        await settleQuery(deps, runId, queryId, { state: 'done', ...outcome });
      } catch (error) {
        if (wasCancelled(signal)) return settleQuery(deps, runId, queryId, { state: 'cancelled' });
        // Aborted for another reason: the query starts again, here or in another process.
        if (signal.aborted) throw error;
        if (!(error instanceof QueryError) || error.code === 'internal') throw error;
        await settleQuery(deps, runId, queryId, { state: 'failed', error: errorOf(error) });
      } finally {
        clearInterval(ticking);
      }
    },
    async onLost({ run, query }, error) {
      deps.log.error({ error, run, query }, 'a query was given up');
      await settleQuery(deps, run, query, {
        state: 'failed',
        error: { code: 'internal', message: 'The process that ran it ended several times; it was given up.' },
      });
    },
  });
}

function startProgress(deps: RunQueryDeps, run: string): NodeJS.Timeout {
  const ask = (delay: number) =>
    askForProgress(deps, run, delay).catch((error: unknown) =>
      deps.log.warn({ error, run }, 'the progress of a run could not be asked for'),
    );
  void ask(500);
  return setInterval(() => void ask(0), progressEveryMilliseconds);
}

async function keepRows(
  deps: RunQueryDeps,
  engine: QueryEngine,
  run: { id: string; from: Date; to: Date; asOf: Date },
  query: RunQuery,
  signal: AbortSignal,
): Promise<Pick<RunQuery, 'columns' | 'rows' | 'truncated' | 'notes' | 'render'>> {
  const key = { run: run.id, query: query.id, attempt: query.attempt };
  let page = 0;
  const summary = await engine.run(
    {
      text: query.text,
      range: { from: run.from, to: run.to },
      asOf: run.asOf,
      limits: { rows: deps.limits.resultRows, milliseconds: deps.limits.queryMilliseconds },
    },
    async ({ rows }) => {
      if (rows.length === 0) return;
      await deps.stores.results.put(key, page, rows);
      page += 1;
    },
    signal,
  );
  const { columns, rows, truncated, notes, render } = summary;
  return { columns, rows, truncated, notes, ...(render ? { render } : {}) };
}

function errorOf(error: QueryError): NonNullable<RunQuery['error']> {
  return {
    code: error.code,
    message: error.message,
    ...(error.line === undefined ? {} : { line: error.line }),
    ...(error.column === undefined ? {} : { column: error.column }),
  };
}
