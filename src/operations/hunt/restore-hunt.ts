import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { huntReply } from '../../hunting/hunt-numbers';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';

export const restoreHunt = defineCommand({
  name: 'restore',
  summary: 'Brings a deleted hunt back',
  permission: 'lead',
  example: 'restore H-1',
  input: { hunt: field.hunt() },
  positional: ['hunt'],
  async run(ctx, input) {
    let deleted = false;
    const hunt = await change(ctx.stores.hunts, input.hunt, (current) => {
      const { deletedAt, ...alive } = current;
      deleted = deletedAt !== undefined;
      return { ...alive, updatedAt: ctx.clock.now() };
    });
    if (!hunt) throw new UserError('not-found', `There never was a hunt ${input.hunt}.`);
    if (deleted) await recordChange(ctx, { hunt: hunt.id, what: 'brought the hunt back', after: hunt.name });
    await refreshHunt(ctx, hunt.id);
    return huntReply(ctx, hunt);
  },
});
