import type { JobQueue } from '../ports/job-queue';

/** Asks for a comment to be shown as it is now in the other threads of its hunt. */
export async function mirrorComment(deps: { queue: JobQueue }, comment: string): Promise<void> {
  await deps.queue.add('mirror-comment', { comment }, { dropWhileWaiting: comment });
}
