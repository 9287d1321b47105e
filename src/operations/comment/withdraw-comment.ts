import { defineCommand } from '../../commands/define-command';
import { change } from '../../hunting/change';
import { messageKey } from '../../hunting/message-key';
import { mirrorComment } from '../../hunting/mirror-comment';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';

/** The message of a comment was deleted on its platform: the comment stays in the record as withdrawn and is no longer listed. */
export const withdrawComment = defineCommand({
  name: 'comment withdraw',
  summary: 'Follows the deletion of a reply',
  permission: 'read',
  internal: true,
  input: {},
  async run(ctx) {
    if (!ctx.messageId) return { kind: 'nothing' };
    const [found] = await ctx.stores.comments.find({
      where: { messageKey: { is: messageKey(ctx.thread, ctx.messageId) } },
      limit: 1,
    });
    if (!found || found.withdrawnAt) return { kind: 'nothing' };
    await change(ctx.stores.comments, found.id, (current) => ({
      ...current,
      mirror: 'pending' as const,
      withdrawnAt: ctx.clock.now(),
    }));
    await recordChange(ctx, { hunt: found.hunt, subject: found.id, what: 'took a comment back', before: found.text });
    await mirrorComment(ctx, found.id);
    await refreshHunt(ctx, found.hunt);
    return { kind: 'sign', sign: 'withdrawn', messageId: ctx.messageId };
  },
});
