import { createHash } from 'node:crypto';
import { type ThreadRef, threadKey } from '../src/chat/thread-ref';
import type { Comment, CommentCopy } from '../src/domain/comment';
import { change } from '../src/hunting/change';
import type { Log } from '../src/log';
import { ChatError, type ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import type { Links } from '../src/ports/links';
import type { Stores } from '../src/ports/stores';
import { mirroredCommentCard } from '../src/views/mirrored-comment-card';
import { defineJob } from './define-job';

export interface MirrorDeps {
  stores: Pick<Stores, 'comments' | 'hunts'>;
  chats: ChatPlatforms;
  links: Links;
  clock: Clock;
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
      await change(deps.stores.comments, id, (current) =>
        current.mirror === 'pending' && hashOf(current) === hashOf(comment)
          ? { ...current, mirror: 'done' as const }
          : null,
      );
    },
    async onLost({ comment }, error) {
      deps.log.error({ error, comment }, 'a comment could not be brought into all threads of its hunt');
      await change(deps.stores.comments, comment, (current) =>
        current.mirror === 'pending' ? { ...current, mirror: 'done' as const } : null,
      );
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

/** A post under way is waited for so long before it counts as lost. */
const postMilliseconds = 60_000;

function hashOf(comment: Pick<Comment, 'text' | 'withdrawnAt'>): string {
  return createHash('sha256')
    .update(JSON.stringify([comment.text, comment.withdrawnAt ?? null]))
    .digest('hex');
}

async function bring(deps: MirrorDeps, id: string, thread: ThreadRef): Promise<void> {
  const chat = deps.chats.get(thread.platform);
  const comment = await deps.stores.comments.get(id);
  if (!chat || !comment) return;
  const key = threadKey(thread);
  const copy = comment.copies?.find((one) => one.key === key);
  const card = mirroredCommentCard(comment, (file) => deps.links.file(file));
  const shown = hashOf(comment);
  if (copy?.state === 'failed' || copy?.state === 'removed' || copy?.shown === shown) return;
  if (copy?.message) return edit(deps, comment, copy, card, shown);
  const mark = `comment.${id}.${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
  if (copy?.state === 'sending') {
    const age = deps.clock.now().getTime() - (copy.at?.getTime() ?? 0);
    if (age < postMilliseconds) throw new ChatError('unavailable', 'another post of the comment is under way');
    const found = await chat.find(thread, mark);
    if (found !== 'none' && found !== 'unknown') {
      await setCopy(deps, id, { ...copy, state: 'sent', message: found });
      // What was found may show an earlier text.
      return bring(deps, id, thread);
    }
    if (found === 'unknown')
      deps.log.warn({ comment: id }, 'whether a comment was shown is unknown: better twice than never');
  }
  if (comment.withdrawnAt) return copy ? setCopy(deps, id, { ...copy, state: 'removed' }) : undefined;
  if (!(await claim(deps, id, { thread, key, state: 'sending', at: deps.clock.now() }, copy))) return;
  try {
    const message = await chat.post(thread, card, mark);
    await setCopy(deps, id, { thread, key, state: 'sent', message, shown });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    if (error.code === 'gone' || error.code === 'rejected') {
      deps.log.warn({ comment: id, code: error.code }, 'a thread does not take a comment');
      return setCopy(deps, id, { thread, key, state: 'failed' });
    }
    // A refusal for the rate is certain: nothing was posted.
    const state = error.code === 'rate-limited' ? ('waiting' as const) : ('sending' as const);
    // It is over here, well or ill: the next try need not wait, but looks first.
    await setCopy(deps, id, { thread, key, state, at: new Date(0) });
    throw error;
  }
}

/** Only who announces the post makes it: of two that saw the same, one gets the word. */
async function claim(deps: MirrorDeps, id: string, copy: CommentCopy, seen: CommentCopy | undefined): Promise<boolean> {
  let mine = false;
  await change(deps.stores.comments, id, (current) => {
    const now = current.copies?.find((one) => one.key === copy.key);
    mine = now?.state === seen?.state && now?.at?.getTime() === seen?.at?.getTime();
    if (!mine) return null;
    return { ...current, copies: [...(current.copies ?? []).filter((one) => one.key !== copy.key), copy] };
  });
  return mine;
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
