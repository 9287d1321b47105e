import type { JobQueue } from '../ports/job-queue';

/** Asks for the hunt's cards to be brought up to date; several asks within a moment become one edit. */
export async function refreshHunt(deps: { queue: JobQueue }, hunt: string): Promise<void> {
  await deps.queue.add('refresh-hunt', { hunt }, { dropWhileWaiting: hunt, delayMilliseconds: 1000 });
}
