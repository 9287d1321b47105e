import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { huntReply } from '../../hunting/hunt-numbers';
import { refreshHunt } from '../../hunting/refresh-hunt';

export const restoreHunt = defineCommand({
  name: 'restore',
  summary: 'Brings a deleted hunt back',
  permission: 'lead',
  example: 'restore H-1',
  input: { hunt: field.hunt() },
  positional: ['hunt'],
  async run(ctx, input) {
    const hunt = await change(ctx.stores.hunts, input.hunt, (current) => {
      const { deletedAt: _deleted, ...alive } = current;
      return { ...alive, updatedAt: ctx.clock.now() };
    });
    if (!hunt) throw new UserError('not-found', `There never was a hunt ${input.hunt}.`);
    await refreshHunt(ctx, hunt.id);
    return huntReply(ctx, hunt);
  },
});
