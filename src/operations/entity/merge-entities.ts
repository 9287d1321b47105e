import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { findEntity } from '../../hunting/find-entity';
import { mergeEntities as merge } from '../../hunting/merge-entities';
import { recordChange } from '../../hunting/record-change';
import { defang } from '../../views/defang';
import { confirmCard, noticeCard } from '../../views/notice-card';

export const mergeEntities = defineCommand({
  name: 'entity merge',
  summary: 'Makes one entity of two that are the same, after asking',
  formTitle: 'Merge entities',
  submit: 'Merge',
  permission: 'hunt',
  example: 'entity merge E-1 E-2',
  input: {
    entity: field.key('entity'),
    other: field.key('entity', { label: 'Other' }),
    confirmed: field.flag({ label: 'Confirmed', hidden: true }),
  },
  positional: ['entity', 'other'],
  async run(ctx, input) {
    const one = await findEntity(ctx, input.entity);
    const other = await findEntity(ctx, input.other);
    if (one.id === other.id)
      throw new UserError('bad-input', `${input.entity} and ${input.other} are one entity already.`);
    if (one.type !== other.type)
      throw new UserError(
        'bad-input',
        `${one.id} is a ${one.type} and ${other.id} a ${other.type}: they cannot be the same.`,
      );
    const names = `${defang(one.name)} and ${defang(other.name)}`;
    if (!input.confirmed) {
      const yes = {
        label: 'They are the same',
        command: 'entity merge',
        args: { entity: one.id, other: other.id, confirmed: 'yes' },
        opens: 'nothing' as const,
      };
      return {
        kind: 'card',
        card: confirmCard(
          `Are ${names} the same ${one.type}?`,
          `${other.id} becomes part of ${one.id}; “entity split ${other.id}” takes it out again.`,
          yes,
        ),
        to: 'asker',
      };
    }
    for (const [id, apart] of [
      [one.id, other.id],
      [other.id, one.id],
    ] as const)
      await change(ctx.stores.entities, id, (current) =>
        current.apart?.includes(apart) ? { ...current, apart: current.apart.filter((key) => key !== apart) } : null,
      );
    await merge(ctx, one.id, other.id, ctx.person);
    for (const hunt of new Set([...one.hunts, ...other.hunts]))
      await recordChange(ctx, {
        hunt,
        subject: one.id,
        what: 'merged two entities',
        before: `${one.id} ${one.name}\n${other.id} ${other.name}`,
        after: one.id,
      });
    const undo = { label: 'Undo', command: 'entity split', args: { entity: other.id }, opens: 'nothing' as const };
    const show = { label: `Show ${one.id}`, command: 'entity', args: { entity: one.id }, opens: 'nothing' as const };
    return {
      kind: 'card',
      card: noticeCard(`${other.id} is part of ${one.id} ${defang(one.name)} now; merged by ${ctx.person.name}.`, [
        show,
        undo,
      ]),
      to: 'everyone',
    };
  },
});
