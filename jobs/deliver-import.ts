import type { ContentImport } from '../src/domain/content-import';
import { change } from '../src/hunting/change';
import { reportFile } from '../src/hunting/import-report';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import type { Links } from '../src/ports/links';
import type { Stores } from '../src/ports/stores';
import { importCard, importResultCard } from '../src/views/import-card';
import { defineJob } from './define-job';
import { type Delivery, editProgress, postResult } from './post-once';

export interface DeliverImportDeps {
  stores: Pick<Stores, 'imports' | 'results'>;
  chats: ChatPlatforms;
  links: Links;
  clock: Clock;
  log: Log;
}

/** Brings an import's progress, its result and its report into the thread. */
export function createDeliverImportJob(deps: DeliverImportDeps) {
  const { stores, log } = deps;
  return defineJob({
    name: 'deliver-import',
    concurrency: 2,
    // As a run's result: a platform that is down for hours costs nothing.
    attempts: 720,
    async run({ import: id, what }) {
      const job = await stores.imports.get(id);
      if (!job) return;
      const chat = deps.chats.get(job.thread.platform);
      if (!chat) throw new ChatError('unavailable', `${job.thread.platform} is not connected`);
      const delivery: Delivery<ContentImport> = {
        chat,
        records: stores.imports,
        progressCard: (one) => importCard(one, deps.clock.now()),
        resultCard: async (one) => importResultCard(one),
        view: (one) => ({ label: 'Report', command: 'content report', args: { import: one.id }, opens: 'nothing' }),
        log,
      };
      await editProgress(delivery, job);
      if (what === 'progress' || job.state === 'running') return;
      if (job.result.state !== 'sent') await postResult(delivery, job);
      if (job.state === 'done') await share(job, chat);
    },
    async onLost({ import: id, what }, error) {
      log.error({ error, import: id, what }, 'the card of an import could not be delivered');
    },
  });

  /** At most once: a file carries no mark to find it by, and the result's card has a button for it. */
  async function share(job: ContentImport, chat: NonNullable<ReturnType<ChatPlatforms['get']>>): Promise<void> {
    if (job.report.state !== 'none') return;
    const file = await reportFile(stores.results, job.id);
    if (!file) return;
    await change(stores.imports, job.id, (current) => ({ ...current, report: { state: 'sending' as const } }));
    const detail = `Report of ${job.id}: what came of every file`;
    const url = deps.links.result({ run: job.id, query: 'report', format: 'csv' });
    try {
      await chat.share(job.thread, { ...file, url }, { title: detail, blocks: [{ type: 'text', text: detail }] });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      log.warn({ import: job.id, code: error.code }, 'the report of an import could not be shared');
      return;
    }
    await change(stores.imports, job.id, (current) => ({ ...current, report: { state: 'sent' as const } }));
  }
}
