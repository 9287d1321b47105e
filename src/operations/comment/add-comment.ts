import type { Reply } from '../../chat/reply';
import type { Context } from '../../commands/context';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import type { Comment } from '../../domain/comment';
import { ConflictError } from '../../errors';
import { keepAttachments } from '../../hunting/keep-attachments';
import { mentionable, mentionedThings } from '../../hunting/mentioned-things';
import { messageKey } from '../../hunting/message-key';
import { mirrorComment } from '../../hunting/mirror-comment';
import { recordChange } from '../../hunting/record-change';
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
    const key = ctx.plainReply && ctx.messageId ? messageKey(ctx.thread, ctx.messageId) : undefined;
    // A redelivered reply with files would fetch them all again.
    if (key && (await ctx.stores.comments.count({ where: { messageKey: { is: key } } })) > 0)
      return { kind: 'nothing' };
    const attached = await keepAttachments(ctx);
    const number = await ctx.stores.next('comment');
    try {
      const comment = await ctx.stores.comments.insert({
        id: `C-${number}`,
        number,
        hunt: hunt.id,
        author: ctx.person,
        text: input.text,
        createdAt: ctx.clock.now(),
        thread: ctx.thread,
        mirror: 'pending',
        ...attached,
        ...(key ? { messageKey: key } : {}),
      });
      await recordChange(ctx, { hunt: hunt.id, subject: comment.id, what: 'commented', after: comment.text });
      await mirrorComment(ctx, comment.id);
      await refreshHunt(ctx, hunt.id);
      return answer(ctx, comment);
    } catch (error) {
      if (error instanceof ConflictError && ctx.plainReply) return { kind: 'nothing' };
      throw error;
    }
  },
});

/** A quiet sign where everything was kept; words where something was not, or where the comment was typed as a command. */
function answer(ctx: Context, comment: Comment): Reply {
  const left = (comment.leftOut ?? []).map((file) => `${file.name} was not kept: ${file.why}.`).join(' ');
  if (left !== '')
    return {
      kind: 'card',
      card: noticeCard(`${comment.id} was added to ${comment.hunt}. ${left}`, [], 'warning'),
      to: 'asker',
    };
  if (ctx.plainReply && ctx.messageId) return { kind: 'sign', sign: 'kept', messageId: ctx.messageId };
  return {
    kind: 'card',
    card: noticeCard(`${comment.id} was added to ${comment.hunt} by ${ctx.person.name}.`),
    to: 'everyone',
  };
}
