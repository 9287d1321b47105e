import type { Approval } from '../domain/approval';
import type { Clock } from '../ports/clock';
import type { JobQueue } from '../ports/job-queue';
import type { Stores } from '../ports/stores';
import { change } from './change';

interface Deps {
  stores: Pick<Stores, 'playbookRuns'>;
  queue: JobQueue;
  clock: Clock;
}

/** Hands an approved run to the workers. */
export async function runApprovedPlaybook(deps: Deps, approval: Approval): Promise<string> {
  await change(deps.stores.playbookRuns, approval.subject, (current) =>
    current.state === 'waiting-approval' ? { ...current, state: 'queued' as const } : null,
  );
  await deps.queue.add('run-playbook', { run: approval.subject }, { id: approval.subject });
  return `${approval.subject} is on its way; its outcome comes here.`;
}

/** What nobody approved does not run. */
export async function refusePlaybook(deps: Deps, approval: Approval): Promise<string> {
  await change(deps.stores.playbookRuns, approval.subject, (current) =>
    current.state === 'waiting-approval'
      ? {
          ...current,
          state: 'refused' as const,
          outcome: `Not approved (${approval.id}).`,
          finishedAt: deps.clock.now(),
        }
      : null,
  );
  return `${approval.subject} does not run.`;
}
