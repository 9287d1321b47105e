import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { ConflictError } from '../../errors';
import { mentionable, mentionedThings } from '../../hunting/mentioned-things';
import { messageKey } from '../../hunting/message-key';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';

export const addComment = defineCommand({
  name: 'comment',
  summary: 'Adds a comment to the hunt; a plain reply in its thread does the same',
  formTitle: 'Comment',
  submit: 'Add',
  permission: 'read',
  example: 'comment H-1 Checked with the service desk: not theirs',
  input: {
    hunt: field.hunt(),
    text: field.text({ label: 'Comment', max: 30_000, lines: true, rest: true, sample: 'TEXT' }),
    about: field.optional(field.keyOf(mentionable, { label: 'About', hidden: true })),
  },
  positional: ['hunt', 'text'],
  async fill(ctx, args) {
    if (typeof args.about !== 'string') return {};
    const [thing] = await mentionedThings(ctx, [args.about], 1);
    return { text: thing ? `${thing.key}: ${thing.name}` : `${args.about}: ` };
  },
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const number = await ctx.stores.next('comment');
    try {
      const comment = await ctx.stores.comments.insert({
        id: `C-${number}`,
        number,
        hunt: hunt.id,
        author: ctx.person,
        text: input.text,
        createdAt: ctx.clock.now(),
        ...(ctx.plainReply && ctx.messageId ? { messageKey: messageKey(ctx.thread, ctx.messageId) } : {}),
      });
      await refreshHunt(ctx, hunt.id);
      if (ctx.plainReply && ctx.messageId) return { kind: 'sign', sign: 'kept', messageId: ctx.messageId };
      return {
        kind: 'card',
        card: noticeCard(`${comment.id} was added to ${hunt.id} by ${ctx.person.name}.`),
        to: 'everyone',
      };
    } catch (error) {
      if (error instanceof ConflictError && ctx.plainReply) return { kind: 'nothing' };
      throw error;
    }
  },
});
