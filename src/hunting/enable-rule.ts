import type { AnalyticsRule } from '../domain/analytics-rule';
import type { Approval } from '../domain/approval';
import type { PersonRef } from '../domain/ids';
import { UserError } from '../errors';
import type { Log } from '../log';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/stores';
import { change } from './change';
import { recordChange } from './record-change';

export interface EnableDeps {
  stores: Pick<Stores, 'rules' | 'changes'>;
  clock: Clock;
  log: Log;
}

/** Lets a rule run from now on; its first window ends now. What is enabled already stays as it is. With `approval`, only the rule that approval was asked for: a change of what it watches lets go of it. */
export async function enableRule(
  deps: EnableDeps,
  id: string,
  by: PersonRef,
  approval?: string,
): Promise<AnalyticsRule> {
  const now = deps.clock.now();
  let did = false;
  const rule = await change(deps.stores.rules, id, (current) => {
    did = current.state !== 'enabled' && !current.deletedAt;
    if (!did) return null;
    if (approval !== undefined && current.approval !== approval)
      throw new UserError('conflict', `${id} was changed since the approval was asked for, and is not enabled.`);
    const { approval: _approval, suppressedUntil: _quiet, ...rest } = current;
    return { ...rest, state: 'enabled' as const, enabledAt: now, enabledBy: by, nextWindow: now, updatedAt: now };
  });
  if (!rule || rule.deletedAt) throw new UserError('not-found', `The rule ${id} is not there any more.`);
  if (did)
    for (const hunt of rule.hunts)
      await recordChange({ ...deps, person: by }, { hunt, subject: id, what: 'enabled the rule', after: rule.name });
  return rule;
}

/** What happens once a second person has approved; the words say what was done. */
export async function enableApprovedRule(deps: EnableDeps, approval: Approval): Promise<string> {
  const rule = await enableRule(deps, approval.subject, approval.requestedBy, approval.id);
  return `${rule.id} “${rule.name}” is enabled.`;
}

/** The state of a rule that shall not run: the approval that waits for it is asked for in vain then. */
export async function disableRule(deps: EnableDeps, id: string, by: PersonRef): Promise<AnalyticsRule | null> {
  let did = false;
  const rule = await change(deps.stores.rules, id, (current) => {
    did = current.state === 'enabled';
    const { nextWindow: _next, approval: _approval, ...rest } = current;
    return did ? { ...rest, state: 'disabled' as const, updatedAt: deps.clock.now() } : null;
  });
  if (did && rule)
    for (const hunt of rule.hunts)
      await recordChange({ ...deps, person: by }, { hunt, subject: id, what: 'disabled the rule', before: rule.name });
  return rule;
}
