import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { replayJobId } from '../../domain/analytics-rule';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';

export const cancelReplay = defineCommand({
  name: 'rule stop',
  summary: 'Stops the replay of a rule',
  formTitle: 'Stop a replay',
  submit: 'Stop',
  permission: 'hunt',
  example: 'rule stop A-1',
  input: { rule: field.key('rule') },
  positional: ['rule'],
  async run(ctx, input) {
    const open = await ctx.stores.ruleReplays.find({
      where: { rule: { is: input.rule }, state: { is: 'running' } },
      limit: 20,
    });
    if (open.length === 0) throw new UserError('not-found', `No replay of ${input.rule} is under way.`);
    for (const replay of open) {
      await change(ctx.stores.ruleReplays, replay.id, (current) =>
        current.state === 'running' ? { ...current, state: 'cancelling' as const } : null,
      );
      await ctx.queue.cancel('replay-rule', replayJobId(replay.id));
      await ctx.queue.add(
        'deliver-replay',
        { replay: replay.id, what: 'progress' },
        { dropWhileWaiting: `${replay.id}.progress`, delayMilliseconds: 500 },
      );
    }
    return { kind: 'nothing' };
  },
});
