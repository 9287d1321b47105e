import type { PersonRef } from '../src/domain/ids';
import { type ApprovalDeps, endApproval } from '../src/hunting/approvals';
import { defineJob } from './define-job';

const talbot: PersonRef = { platform: 'system', tenant: 'local', id: 'talbot', name: 'Talbot' };

/** Ends the approvals whose time is over, every few minutes; one that was looked at too late is refused by its time all the same. */
export function createExpireApprovalsJob(deps: Omit<ApprovalDeps, 'person'>) {
  return defineJob({
    name: 'expire-approvals',
    concurrency: 1,
    attempts: 2,
    async run() {
      const over = await deps.stores.approvals.find({
        where: { state: { is: 'waiting' }, expiresAt: { below: deps.clock.now() } },
        limit: 200,
      });
      for (const one of over) await endApproval({ ...deps, person: talbot }, one.id, 'expired');
    },
  });
}
