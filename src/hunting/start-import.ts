import type { Reply } from '../chat/reply';
import { threadUnder } from '../chat/thread-ref';
import type { Context } from '../commands/context';
import { attachmentKey, type ContentImport, ImportOutcome, importJobId } from '../domain/content-import';
import { importCard } from '../views/import-card';
import { noticeCard } from '../views/notice-card';
import { change } from './change';
import { postProgress } from './post-progress';

/** Bytes kept in one row of the stores: base64 of it stays far below what a document may have. */
const pieceBytes = 1_000_000;

/** Records an import, keeps what was attached, posts its progress card, and hands it to a worker. */
export async function startImport(
  ctx: Context,
  what: { from: 'folder'; name: string } | { from: 'attachment'; name: string; bytes: Uint8Array },
): Promise<Reply> {
  const number = await ctx.stores.next('import');
  const id = `M-${number}`;
  if (what.from === 'attachment') {
    for (let page = 0; page * pieceBytes < what.bytes.byteLength; page++) {
      const piece = what.bytes.subarray(page * pieceBytes, (page + 1) * pieceBytes);
      await ctx.stores.results.put(attachmentKey(id), page, [[Buffer.from(piece).toString('base64')]]);
    }
  }
  const job = await ctx.stores.imports.insert({
    id,
    number,
    name: what.name,
    from: what.from,
    state: 'running',
    step: 'reading',
    done: 0,
    files: 0,
    counts: Object.fromEntries(ImportOutcome.options.map((one) => [one, 0])) as ContentImport['counts'],
    cannotRun: 0,
    reasons: [],
    solutions: [],
    requestedBy: ctx.person,
    createdAt: ctx.clock.now(),
    thread: ctx.thread,
    progress: { state: 'none' },
    result: { state: 'none' },
    report: { state: 'none' },
  });
  const shown = await showProgress(ctx, job);
  await ctx.queue.add('import-content', { import: id }, { id: importJobId(id) });
  if (shown) return { kind: 'nothing' };
  const text = `${id} runs, but its progress could not be shown here. “content report ${id}” gives its report once it is done.`;
  return { kind: 'card', card: noticeCard(text, [], 'warning'), to: 'asker' };
}

async function showProgress(ctx: Context, job: ContentImport): Promise<boolean> {
  const message = await postProgress(ctx, job.id, job.thread, importCard(job, ctx.clock.now()));
  if (!message) return false;
  // In a conversation of two, a thread of its own would hide the result from the one who waits for it.
  const thread = job.thread.direct ? job.thread : threadUnder(message);
  await change(ctx.stores.imports, job.id, (current) => ({
    ...current,
    thread,
    progress: { state: 'sent' as const, message },
  }));
  return true;
}
