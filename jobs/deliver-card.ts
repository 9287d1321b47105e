import type { Card } from '../src/chat/card';
import { isSettled, type Run } from '../src/domain/run';
import { chartBlocks } from '../src/hunting/chart-blocks';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import type { Links } from '../src/ports/links';
import type { Pictures } from '../src/ports/pictures';
import type { Stores } from '../src/ports/stores';
import { type QueryResult, resultCard, shownHits } from '../src/views/result-card';
import { runCard } from '../src/views/run-card';
import { defineJob } from './define-job';
import { type Delivery, editProgress, markSent, postResult } from './post-once';

export interface DeliverDeps {
  stores: Pick<Stores, 'runs' | 'results'>;
  chats: ChatPlatforms;
  links: Links;
  pictures: Pictures;
  clock: Clock;
  log: Log;
}

const firstRows = 10;

/** Brings a run's progress and result into its thread. A failed post never runs a query again; a repeated job never posts twice. */
export function createDeliverCardJob(deps: DeliverDeps) {
  return defineJob({
    name: 'deliver-card',
    concurrency: 8,
    // About half a day at a minute's distance: a platform that is down for hours costs no result.
    attempts: 720,
    async run({ run: id, what }) {
      const run = await deps.stores.runs.get(id);
      if (!run) return;
      const chat = deps.chats.get(run.thread.platform);
      if (!chat) throw new ChatError('unavailable', `${run.thread.platform} is not connected`);
      const delivery: Delivery<Run> = {
        chat,
        records: deps.stores.runs,
        progressCard: (one) => runCard(one, deps.clock.now()),
        resultCard: (one) => cardOf(deps, one),
        view: (one) => ({ label: 'View results', command: 'results', args: { run: one.id }, opens: 'nothing' }),
        log: deps.log,
      };
      if (what === 'progress') return editProgress(delivery, run);
      if (run.result.state === 'sent' || !isSettled(run)) return;
      const nothing = run.state === 'cancelled' && run.queries.every((query) => query.state !== 'done');
      await (nothing ? markSent(delivery, run) : postResult(delivery, run));
    },
    async onLost({ run, what }, error) {
      deps.log.error({ error, run, what }, 'a card could not be delivered');
    },
  });
}

async function cardOf(deps: DeliverDeps, run: Run): Promise<Card> {
  const results: QueryResult[] = [];
  for (const query of run.queries) {
    if (query.state !== 'done') continue;
    const rows =
      query.rows === 0
        ? []
        : await deps.stores.results.slice({ run: run.id, query: query.id, attempt: query.attempt }, 0, firstRows);
    const more = query.rows > rows.length;
    results.push({
      query,
      rows,
      ...(more ? { file: deps.links.result({ run: run.id, query: query.id, format: 'csv' }) } : {}),
    });
  }
  for (const hit of shownHits(run, results)) hit.chart = await chartBlocks(deps, run, hit.query);
  return resultCard(run, results);
}
