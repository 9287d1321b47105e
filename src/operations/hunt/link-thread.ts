import { threadKey } from '../../chat/thread-ref';
import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';
import { threadText } from '../../views/wording';

export const linkThread = defineCommand({
  name: 'link',
  summary: 'Ties this thread to a hunt, so that replies become its comments',
  formTitle: 'Tie this thread',
  permission: 'hunt',
  example: 'link H-1',
  input: { hunt: field.hunt() },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    if (ctx.thread.root === undefined && !ctx.thread.flat)
      throw new UserError(
        'bad-input',
        'A whole channel cannot be tied to a hunt.',
        `Reply in a thread and mention Talbot there: “@Talbot link ${hunt.id}”.`,
      );
    const key = threadKey(ctx.thread);
    const already = hunt.threadKeys.includes(key);
    const threads = [...hunt.threads, ctx.thread];
    await change(ctx.stores.hunts, hunt.id, (current) =>
      current.threadKeys.includes(key)
        ? { ...current, updatedAt: ctx.clock.now() }
        : {
            ...current,
            threads: [...current.threads, ctx.thread],
            threadKeys: [...current.threadKeys, key],
            updatedAt: ctx.clock.now(),
          },
    );
    if (!already) await recordChange(ctx, { hunt: hunt.id, what: 'tied a thread', after: threadText(ctx.thread) });
    await refreshHunt(ctx, hunt.id);
    const text = already
      ? `This thread was tied to ${hunt.id} already.`
      : `This thread is tied to ${hunt.id} “${hunt.name}” now, one of ${threads.length}. Replies become its comments, and show in all its threads.`;
    const said = await ctx.stores.comments.count({ where: { hunt: { is: hunt.id }, withdrawnAt: { missing: true } } });
    const earlier =
      said > 0 && !already
        ? [
            {
              label: `${said} earlier ${said === 1 ? 'comment' : 'comments'}`,
              command: 'comments',
              args: { hunt: hunt.id },
              opens: 'nothing' as const,
            },
          ]
        : [];
    const undo = { label: 'Untie', command: 'unlink', args: { hunt: hunt.id }, opens: 'nothing' as const };
    return { kind: 'card', card: noticeCard(text, already ? [] : [...earlier, undo]), to: 'everyone' };
  },
});
