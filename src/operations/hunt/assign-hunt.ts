import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { change } from '../../hunting/change';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';

export const assignHunt = defineCommand({
  name: 'assign',
  summary: 'Gives a hunt its owner',
  formTitle: 'Owner of the hunt',
  permission: 'hunt',
  example: 'assign @ada',
  input: { hunt: field.hunt(), person: field.person({ label: 'Owner', summary: 'A mention, or “me”' }) },
  positional: ['hunt', 'person'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const owner = ctx.resolvePerson(input.person);
    await change(ctx.stores.hunts, hunt.id, (current) => ({
      ...current,
      owner,
      ownerId: owner.id,
      updatedAt: ctx.clock.now(),
    }));
    await recordChange(ctx, { hunt: hunt.id, what: 'set the owner', before: hunt.owner?.name, after: owner.name });
    await refreshHunt(ctx, hunt.id);
    const was = hunt.owner ? `, was ${hunt.owner.name}’s` : '';
    return {
      kind: 'card',
      card: noticeCard(`${hunt.id} is ${owner.name}’s now${was}; set by ${ctx.person.name}.`),
      to: 'everyone',
    };
  },
});
