import { threadKey } from '../../chat/thread-ref';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';
import { threadText } from '../../views/wording';

export const unlinkThread = defineCommand({
  name: 'unlink',
  summary: 'Unties this thread from its hunt',
  permission: 'hunt',
  example: 'unlink',
  input: { hunt: field.hunt() },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const key = threadKey(ctx.thread);
    if (!hunt.threadKeys.includes(key)) throw new UserError('bad-input', `This thread is not tied to ${hunt.id}.`);
    await change(ctx.stores.hunts, hunt.id, (current) => ({
      ...current,
      threads: current.threads.filter((thread) => threadKey(thread) !== key),
      threadKeys: current.threadKeys.filter((one) => one !== key),
      updatedAt: ctx.clock.now(),
    }));
    await recordChange(ctx, { hunt: hunt.id, what: 'untied a thread', before: threadText(ctx.thread) });
    await refreshHunt(ctx, hunt.id);
    const undo = { label: 'Tie it again', command: 'link', args: { hunt: hunt.id }, opens: 'nothing' as const };
    return {
      kind: 'card',
      card: noticeCard(`This thread is no longer tied to ${hunt.id}. Its comments stay.`, [undo], 'neutral'),
      to: 'everyone',
    };
  },
});
