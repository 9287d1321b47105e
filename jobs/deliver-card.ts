import type { Card } from '../src/chat/card';
import { isSettled, type Run } from '../src/domain/run';
import { change } from '../src/hunting/change';
import { chartBlocks } from '../src/hunting/chart-blocks';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatform, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import type { Links } from '../src/ports/links';
import type { Pictures } from '../src/ports/pictures';
import type { Stores } from '../src/ports/stores';
import { noticeCard } from '../src/views/notice-card';
import { type QueryResult, resultCard, shownHits } from '../src/views/result-card';
import { runCard } from '../src/views/run-card';
import { defineJob } from './define-job';

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
      if (what === 'progress') await editProgress(deps, chat, run);
      else await deliverResult(deps, chat, run);
    },
    async onLost({ run, what }, error) {
      deps.log.error({ error, run, what }, 'a card could not be delivered');
    },
  });
}

async function editProgress(deps: DeliverDeps, chat: ChatPlatform, run: Run): Promise<void> {
  if (!run.progress.message || holdsResult(run)) return;
  try {
    await chat.update(run.progress.message, runCard(run, deps.clock.now()));
  } catch (error) {
    if (!(error instanceof ChatError) || (error.code !== 'gone' && error.code !== 'rejected')) throw error;
    deps.log.warn({ run: run.id, code: error.code }, 'the progress card could not be edited');
    return;
  }
  const now = await deps.stores.runs.get(run.id);
  // The result was put there while this edit was under way, and must not be covered by it.
  if (now && holdsResult(now)) await putIntoProgress(deps, chat, now);
}

/** The progress card became the result's card, because whether that was posted by itself could not be known. */
function holdsResult(run: Run): boolean {
  return run.result.message !== undefined && run.result.message.id === run.progress.message?.id;
}

/** Whether the platform took it. Announced in the store first, so that an edit of the progress at the same moment gives way. */
async function putIntoProgress(deps: DeliverDeps, chat: ChatPlatform, run: Run): Promise<boolean> {
  const { message } = run.progress;
  if (!message) return false;
  await change(deps.stores.runs, run.id, (current) =>
    current.result.state === 'sent' ? null : { ...current, result: { state: 'sending' as const, message } },
  );
  try {
    await chat.update(message, await cardOf(deps, run));
    return true;
  } catch (error) {
    if (!(error instanceof ChatError) || (error.code !== 'gone' && error.code !== 'rejected')) throw error;
    deps.log.warn({ run: run.id, code: error.code }, 'the result could not be put into the progress card');
    return false;
  }
}

async function deliverResult(deps: DeliverDeps, chat: ChatPlatform, run: Run): Promise<void> {
  if (run.result.state === 'sent' || !isSettled(run)) return;
  const sent = (message?: Run['result']['message']) =>
    change(deps.stores.runs, run.id, (current) => ({
      ...current,
      result: { state: 'sent' as const, ...(message ? { message } : {}) },
    }));
  if (run.state === 'cancelled' && run.queries.every((query) => query.state !== 'done')) {
    await sent();
    return;
  }
  const card = await cardOf(deps, run);
  const key = `result.${run.id}`;
  if (run.result.state === 'sending') {
    const found = await chat.find(run.thread, key);
    if (found === 'unknown') {
      if (await putIntoProgress(deps, chat, run)) {
        deps.log.warn({ run: run.id }, 'whether the result was posted is unknown: it was put into the progress card');
        await sent(run.progress.message);
        return;
      }
      deps.log.warn({ run: run.id }, 'whether the result was posted is unknown: better twice than never');
    } else if (found !== 'none') {
      await sent(found);
      return;
    }
  }
  await change(deps.stores.runs, run.id, (current) => ({ ...current, result: { state: 'sending' as const } }));
  try {
    await sent(await post(deps, chat, run, card, key));
  } catch (error) {
    if (error instanceof ChatError && error.code === 'gone') {
      deps.log.warn({ run: run.id }, 'the thread of a run is gone: its result stays in the store');
      await sent();
      return;
    }
    // A refusal is certain: nothing was posted, and the next try need not look.
    if (error instanceof ChatError && error.code === 'rate-limited')
      await change(deps.stores.runs, run.id, (current) => ({ ...current, result: { state: 'none' as const } }));
    throw error;
  }
}

/** A card that the platform refuses is replaced by one line: a result is never lost to its looks. */
async function post(deps: DeliverDeps, chat: ChatPlatform, run: Run, card: Card, key: string) {
  try {
    return await chat.post(run.thread, card, key);
  } catch (error) {
    if (!(error instanceof ChatError) || error.code !== 'rejected') throw error;
    deps.log.error({ run: run.id, error }, 'the platform refused a result card');
    const view = { label: 'View results', command: 'results', args: { run: run.id }, opens: 'nothing' as const };
    return chat.post(
      run.thread,
      noticeCard(`${card.title}. Its card could not be shown here.`, [view], 'warning'),
      key,
    );
  }
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
