import type { Clock } from '../ports/clock';
import type { JobQueue } from '../ports/job-queue';
import type { Stores } from '../ports/stores';

/** Asks for a comment to be shown as it is now in the other threads of its hunt. */
export async function mirrorComment(deps: { queue: JobQueue }, comment: string): Promise<void> {
  await deps.queue.add('mirror-comment', { comment }, { dropWhileWaiting: comment });
}

/** Comments whose job was lost, because a process died before it was added or the queue forgot it, are given to the queue again. */
export async function resumeComments(deps: {
  stores: Pick<Stores, 'comments'>;
  queue: JobQueue;
  clock: Clock;
}): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - 120_000);
  const open = await deps.stores.comments.find({
    where: { mirror: { is: 'pending' }, createdAt: { below: before } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 200,
  });
  for (const one of open) await mirrorComment(deps, one.id);
}
