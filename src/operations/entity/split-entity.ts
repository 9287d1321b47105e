import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { splitEntity as split } from '../../hunting/merge-entities';
import { recordChange } from '../../hunting/record-change';
import { defang } from '../../views/defang';
import { noticeCard } from '../../views/notice-card';

export const splitEntity = defineCommand({
  name: 'entity split',
  summary: 'Takes a merged entity out again; from then on the two stay apart',
  formTitle: 'Split an entity off',
  submit: 'Split',
  permission: 'hunt',
  example: 'entity split E-2',
  input: { entity: field.key('entity') },
  positional: ['entity'],
  async run(ctx, input) {
    const done = await split(ctx, input.entity);
    if (!done)
      throw new UserError(
        'bad-input',
        `${input.entity} is part of no other entity.`,
        '“entity E-1” lists what was merged into it.',
      );
    const { entity, from } = done;
    for (const hunt of entity.hunts)
      await recordChange(ctx, {
        hunt,
        subject: entity.id,
        what: 'split an entity off',
        before: from,
        after: `${entity.id} ${entity.name}`,
      });
    const undo = {
      label: 'Undo',
      command: 'entity merge',
      args: { entity: from, other: entity.id, confirmed: 'yes' },
      opens: 'nothing' as const,
    };
    return {
      kind: 'card',
      card: noticeCard(
        `${entity.id} ${defang(entity.name)} stands by itself again, apart from ${from}; split by ${ctx.person.name}.`,
        [undo],
      ),
      to: 'everyone',
    };
  },
});
