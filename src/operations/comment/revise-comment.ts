import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { messageKey } from '../../hunting/message-key';
import { mirrorComment } from '../../hunting/mirror-comment';
import { recordChange } from '../../hunting/record-change';

/** The message of a comment was edited on its platform. Every edit of any message comes here, so it needs no role: only an author’s own comment follows. */
export const reviseComment = defineCommand({
  name: 'comment revise',
  summary: 'Follows the edit of a reply',
  permission: 'read',
  internal: true,
  input: { text: field.optional(field.text({ label: 'Comment', max: 30_000, lines: true })) },
  async run(ctx, input) {
    if (!ctx.messageId) return { kind: 'nothing' };
    const [found] = await ctx.stores.comments.find({
      where: { messageKey: { is: messageKey(ctx.thread, ctx.messageId) } },
      limit: 1,
    });
    if (!found || found.author.id !== ctx.person.id || found.withdrawnAt || !input.text || input.text === found.text)
      return { kind: 'nothing' };
    const text = input.text;
    await change(ctx.stores.comments, found.id, (current) => ({
      ...current,
      mirror: 'pending' as const,
      text,
      editedAt: ctx.clock.now(),
    }));
    await recordChange(ctx, {
      hunt: found.hunt,
      subject: found.id,
      what: 'edited a comment',
      before: found.text,
      after: text,
    });
    await mirrorComment(ctx, found.id);
    return { kind: 'sign', sign: 'changed', messageId: ctx.messageId };
  },
});
