import type { Reply } from '../chat/reply';
import type { Context, Services } from '../commands/context';
import type { Approval } from '../domain/approval';
import type { PersonRef } from '../domain/ids';
import { UserError } from '../errors';
import { ChatError } from '../ports/chat-platform';
import { approvalCard } from '../views/approval-card';
import { refusePlaybook, runApprovedPlaybook } from './approved-playbook';
import { change } from './change';
import { enableApprovedRule } from './enable-rule';
import { recordChange } from './record-change';
import { samePerson } from './same-person';

/** How long an approval may be given. */
export const approvalMilliseconds = 24 * 3_600_000;

/** What ending an approval reaches, with whoever ends it. */
export type ApprovalDeps = Services & { person: PersonRef };

type Handler = (deps: ApprovalDeps, approval: Approval) => Promise<string>;

/** What is done once it is given; the words say what was done. Each must be safe to be called again. */
const handlers: Record<Approval['kind'], { approved: Handler; ended?: Handler }> = {
  'enable-rule': { approved: enableApprovedRule },
  'run-playbook': { approved: runApprovedPlaybook, ended: refusePlaybook },
};

/** Asks for a second person's word; the card goes to everyone in the thread. The subject holds the approval: without it, it is given in vain. */
export async function requestApproval(
  ctx: Context,
  asked: Pick<Approval, 'kind' | 'subject' | 'title' | 'what' | 'why' | 'hunts'>,
  /** Ties the subject to the approval before anybody can decide. */
  tie: (approval: string) => Promise<unknown>,
): Promise<Reply> {
  const chat = ctx.chats.get(ctx.thread.platform);
  if (!chat) throw new UserError('unavailable', `Talbot cannot post on ${ctx.thread.platform} right now.`);
  const number = await ctx.stores.next('approval');
  const now = ctx.clock.now();
  const approval = await ctx.stores.approvals.insert({
    id: `Y-${number}`,
    number,
    ...asked,
    state: 'waiting',
    requestedBy: ctx.person,
    createdAt: now,
    expiresAt: new Date(now.getTime() + approvalMilliseconds),
    thread: ctx.thread,
    cards: [],
  });
  await tie(approval.id);
  for (const hunt of asked.hunts)
    await recordChange(ctx, { hunt, subject: approval.id, what: 'asked for an approval', after: asked.what });
  const message = await chat.post(ctx.thread, approvalCard(approval), `approval.${approval.id}`);
  await change(ctx.stores.approvals, approval.id, (current) => ({ ...current, cards: [...current.cards, message] }));
  return { kind: 'nothing' };
}

/** One decision, once: of two people who press at the same moment, the second is told what the first decided. */
export async function decide(
  ctx: Context,
  key: string,
  decision: 'approved' | 'rejected',
  because: string | undefined,
): Promise<{ approval: Approval; done?: string }> {
  const found = await ctx.stores.approvals.get(key);
  if (!found) throw new UserError('not-found', `There is no approval ${key}.`, 'Type “approvals” to see what waits.');
  if (await samePerson(ctx.stores, found.requestedBy, ctx.person))
    throw new UserError(
      'not-allowed',
      'You asked for it yourself: the word must come from somebody else.',
      `“withdraw ${key}” takes it back.`,
    );
  const now = ctx.clock.now();
  let mine = false;
  const approval = await change(ctx.stores.approvals, key, (current) => {
    mine = current.state === 'waiting' && current.expiresAt > now;
    if (!mine) return null;
    return { ...current, state: decision, decidedBy: ctx.person, decidedAt: now, ...(because ? { because } : {}) };
  });
  if (!approval) throw new UserError('not-found', `There is no approval ${key} any more.`);
  if (!mine) throw new UserError('bad-input', `${key} is no longer open: ${endText(approval)}.`);
  for (const hunt of approval.hunts)
    await recordChange(ctx, { hunt, subject: key, what: `${decision} ${approval.title}`, after: because });
  const done = await carryOut(ctx, approval);
  await lockCards(ctx, approval, done);
  return { approval, ...(done ? { done } : {}) };
}

/** Ends an approval that nobody gave: taken back by who asked, or past its time. */
export async function endApproval(
  deps: ApprovalDeps,
  key: string,
  state: 'withdrawn' | 'expired',
): Promise<Approval | null> {
  let mine = false;
  const approval = await change(deps.stores.approvals, key, (current) => {
    mine = current.state === 'waiting';
    return mine ? { ...current, state, decidedAt: deps.clock.now() } : null;
  });
  if (!approval || !mine) return null;
  for (const hunt of approval.hunts)
    await recordChange(deps, { hunt, subject: key, what: `let an approval end: ${state}`, before: approval.title });
  await handlers[approval.kind].ended?.(deps, approval);
  await lockCards(deps, approval);
  return approval;
}

async function carryOut(ctx: Context, approval: Approval): Promise<string | undefined> {
  const handler = handlers[approval.kind];
  try {
    return await (approval.state === 'rejected' ? handler.ended?.(ctx, approval) : handler.approved(ctx, approval));
  } catch (error) {
    // Decided all the same: the cards are locked, and say why nothing came of it.
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

/** Every message that shows it says how it ended, and has no buttons any more. */
async function lockCards(
  deps: Pick<Services, 'chats' | 'log' | 'stores'>,
  approval: Approval,
  done?: string,
): Promise<void> {
  const now = (await deps.stores.approvals.get(approval.id)) ?? approval;
  for (const message of now.cards) {
    try {
      await deps.chats.get(message.thread.platform)?.update(message, approvalCard(now, done));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      deps.log.warn({ approval: approval.id, code: error.code }, 'the card of an approval could not be locked');
    }
  }
}

export function endText(approval: Approval): string {
  const by = approval.decidedBy ? ` by ${approval.decidedBy.name}` : '';
  if (approval.state === 'waiting') return 'its time is over';
  if (approval.state === 'withdrawn') return `it was taken back by ${approval.requestedBy.name}`;
  return approval.state === 'expired' ? 'its time is over' : `it was ${approval.state}${by}`;
}
