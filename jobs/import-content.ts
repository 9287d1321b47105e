import { attachmentKey, type ContentImport, importResultJobId } from '../src/domain/content-import';
import { UserError } from '../src/errors';
import { change } from '../src/hunting/change';
import { keepIdeas } from '../src/hunting/hunt-ideas';
import { type ImportDeps, importContent } from '../src/hunting/import-content';
import { importSummary, keepReport } from '../src/hunting/import-report';
import { contentFolderPath, foundFiles, foundInFile, readImport } from '../src/hunting/read-import';
import type { Log } from '../src/log';
import type { JobQueue } from '../src/ports/job-queue';
import { defineJob, wasCancelled } from './define-job';

export interface ImportJobDeps extends ImportDeps {
  queue: JobQueue;
  log: Log;
  contentFolder?: string | undefined;
}

const progressMilliseconds = 2000;

/** Imports a folder or an attachment. Started again after its process died, it goes through all of it again and reports the same. */
export function createImportContentJob(deps: ImportJobDeps) {
  const { stores } = deps;
  return defineJob({
    name: 'import-content',
    concurrency: 1,
    attempts: 3,
    async run({ import: id }, { signal }) {
      const job = await stores.imports.get(id);
      if (!job) return;
      if (job.state === 'running' && job.cancelledBy) await endCancelled(id);
      else if (job.state === 'running') {
        try {
          await carryOut(job, signal);
        } catch (error) {
          if (wasCancelled(signal)) {
            await endCancelled(id);
            return deliverResult(deps.queue, id);
          }
          if (!(error instanceof UserError)) throw error;
          await end(id, { state: 'failed', failure: [error.message, error.advice].filter(Boolean).join(' ') });
        }
      }
      await deliverResult(deps.queue, id);
    },
    async onLost({ import: id }, error) {
      deps.log.error({ error, import: id }, 'an import was given up');
      await end(id, {
        state: 'failed',
        failure: 'What imported it failed several times; the log has it. What was written stays.',
      });
      await deliverResult(deps.queue, id);
    },
  });

  async function carryOut(job: ContentImport, signal: AbortSignal): Promise<void> {
    let told = deps.clock.now().getTime();
    const tell = async (progress: Pick<ContentImport, 'step' | 'done' | 'total'>) => {
      signal.throwIfAborted();
      const now = deps.clock.now().getTime();
      if (now - told < progressMilliseconds) return;
      told = now;
      await change(stores.imports, job.id, (current) => ({ ...current, ...progress }));
      const dropWhileWaiting = `${job.id}.progress`;
      await deps.queue.add('deliver-import', { import: job.id, what: 'progress' }, { dropWhileWaiting, attempts: 6 });
    };
    const found =
      job.from === 'folder'
        ? await foundFiles(await contentFolderPath(deps.contentFolder, job.name))
        : foundInFile(await attachment(job), job.name);
    const read = await readImport(found, (done) => tell({ step: 'reading', done }));
    const lines = await importContent(deps, job, read, (done, total) => tell({ step: 'writing', done, total }));
    const all = [...lines, ...read.left];
    const ideas = await keepIdeas(stores.results, job.id, read);
    await keepReport(stores.results, job.id, all);
    const here = await stores.solutions.find({ where: { origin: { is: 'import' } }, limit: 10_000 });
    const keys = new Set(
      lines.filter((line) => line.key !== '' && line.outcome !== 'duplicate').map((line) => line.key),
    );
    const solutions = here.filter((one) => one.items.some((item) => keys.has(item.key))).map((one) => one.id);
    await end(job.id, { state: 'done', files: read.files, solutions, ideas, ...importSummary(all) });
  }

  async function endCancelled(id: string): Promise<void> {
    const job = await stores.imports.get(id);
    const by = job?.cancelledBy ? ` by ${job.cancelledBy.name}` : '';
    const written =
      job?.step === 'writing'
        ? `${job.done} of ${job.total ?? job.done} pieces were written and stay; “content” lists their solutions, and “content remove NAME” takes one out again.`
        : 'Nothing was written yet.';
    await end(id, { state: 'failed', failure: `It was cancelled${by}. ${written}` });
  }

  async function attachment(job: ContentImport): Promise<Uint8Array> {
    const pieces: Buffer[] = [];
    for await (const rows of stores.results.read(attachmentKey(job.id)))
      for (const [piece] of rows) pieces.push(Buffer.from(String(piece), 'base64'));
    if (pieces.length === 0) throw new UserError('not-found', `${job.name} is no longer kept.`, 'Attach it again.');
    return Buffer.concat(pieces);
  }

  async function end(id: string, fields: Partial<ContentImport>): Promise<void> {
    await change(stores.imports, id, (current) =>
      current.state === 'running' ? { ...current, ...fields, finishedAt: deps.clock.now() } : null,
    );
    await stores.results.removeRun(attachmentKey(id).run);
  }
}

async function deliverResult(queue: JobQueue, id: string): Promise<void> {
  await queue.add('deliver-import', { import: id, what: 'result' }, { id: importResultJobId(id) });
}
