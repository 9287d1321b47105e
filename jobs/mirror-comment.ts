import { createHash } from 'node:crypto';
import { type ThreadRef, threadKey } from '../src/chat/thread-ref';
import type { Comment, CommentCopy } from '../src/domain/comment';
import { change } from '../src/hunting/change';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Links } from '../src/ports/links';
import type { Stores } from '../src/ports/stores';
import { mirroredCommentCard } from '../src/views/mirrored-comment-card';
import { defineJob } from './define-job';

export interface MirrorDeps {
  stores: Pick<Stores, 'comments' | 'hunts'>;
  chats: ChatPlatforms;
  links: Links;
  log: Log;
}

/**
 * Shows a comment, its edit or its withdrawal in the other threads of its hunt. Each thread has it once: before a post the copy is
 * recorded, and a second try looks for the mark of the first. Talbot's own posts never become comments, so nothing goes round.
 */
export function createMirrorCommentJob(deps: MirrorDeps) {
  return defineJob({
    name: 'mirror-comment',
    // One after the other: comments stand in the other threads in the order in which they were said.
    concurrency: 1,
    attempts: 60,
    async run({ comment: id }) {
      const comment = await deps.stores.comments.get(id);
      const hunt = comment && (await deps.stores.hunts.get(comment.hunt));
      if (!comment || !hunt || hunt.deletedAt) return;
      let failed: unknown;
      for (const thread of targets(comment, hunt.threads)) {
        try {
          await bring(deps, comment.id, thread);
        } catch (error) {
          // One platform that is down does not keep the comment from the others.
          failed = error;
        }
      }
      if (failed) throw failed;
    },
    async onLost({ comment }, error) {
      deps.log.error({ error, comment }, 'a comment could not be brought into all threads of its hunt');
    },
  });
}

/** The hunt's threads other than the one it was said in, and those where it stands already. */
function targets(comment: Comment, threads: readonly ThreadRef[]): ThreadRef[] {
  const own = comment.thread ? threadKey(comment.thread) : '';
  const found = new Map<string, ThreadRef>();
  for (const thread of [...threads, ...(comment.copies ?? []).map((copy) => copy.thread)])
    if (threadKey(thread) !== own && comment.thread) found.set(threadKey(thread), thread);
  return [...found.values()];
}

async function bring(deps: MirrorDeps, id: string, thread: ThreadRef): Promise<void> {
  const chat = deps.chats.get(thread.platform);
  const comment = await deps.stores.comments.get(id);
  if (!chat || !comment) return;
  const key = threadKey(thread);
  const copy = comment.copies?.find((one) => one.key === key);
  const card = mirroredCommentCard(comment, (file) => deps.links.file(file));
  const shown = createHash('sha256')
    .update(JSON.stringify([comment.text, comment.withdrawnAt ?? null]))
    .digest('hex');
  if (copy?.state === 'failed' || copy?.shown === shown) return;
  if (copy?.message) return edit(deps, comment, copy, card, shown);
  if (comment.withdrawnAt && !copy) return;
  const mark = `comment.${id}.${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
  if (copy?.state === 'sending') {
    const found = await chat.find(thread, mark);
    if (found !== 'none' && found !== 'unknown') return setCopy(deps, id, { ...copy, state: 'sent', message: found });
    if (found === 'unknown')
      deps.log.warn({ comment: id }, 'whether a comment was shown is unknown: better twice than never');
  }
  await setCopy(deps, id, { thread, key, state: 'sending' });
  try {
    const message = await chat.post(thread, card, mark);
    await setCopy(deps, id, { thread, key, state: 'sent', message, shown });
  } catch (error) {
    if (!(error instanceof ChatError) || (error.code !== 'gone' && error.code !== 'rejected')) throw error;
    deps.log.warn({ comment: id, code: error.code }, 'a thread does not take a comment');
    await setCopy(deps, id, { thread, key, state: 'failed' });
  }
}

async function edit(
  deps: MirrorDeps,
  comment: Comment,
  copy: CommentCopy,
  card: ReturnType<typeof mirroredCommentCard>,
  shown: string,
): Promise<void> {
  if (!copy.message) return;
  try {
    await deps.chats.get(copy.thread.platform)?.update(copy.message, card);
    await setCopy(deps, comment.id, { ...copy, shown, ...(comment.withdrawnAt ? { state: 'removed' as const } : {}) });
  } catch (error) {
    if (!(error instanceof ChatError) || (error.code !== 'gone' && error.code !== 'rejected')) throw error;
    deps.log.warn({ comment: comment.id, code: error.code }, 'the copy of a comment could not be edited');
    await setCopy(deps, comment.id, { ...copy, state: 'failed' });
  }
}

async function setCopy(deps: MirrorDeps, id: string, copy: CommentCopy): Promise<void> {
  await change(deps.stores.comments, id, (current) => ({
    ...current,
    copies: [...(current.copies ?? []).filter((one) => one.key !== copy.key), copy],
  }));
}
