import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { pivotsOf } from '../../hunting/entity-pivots';
import { findEntity } from '../../hunting/find-entity';
import { keepTab } from '../../hunting/keep-tab';
import { runTab } from '../../hunting/run-tab';

export const pivotEntity = defineCommand({
  name: 'entity pivot',
  summary: 'Asks the logs about an entity around the time it was seen; the query stays as a tab of the hunt',
  formTitle: 'Ask about an entity',
  submit: 'Ask',
  permission: 'hunt',
  example: 'entity pivot E-1 processes',
  input: {
    entity: field.key('entity'),
    question: field.optional(
      field.text({ label: 'Question', summary: 'processes, logons, network, signins …', max: 30, sample: 'processes' }),
    ),
    hunt: field.optional(field.hunt()),
  },
  positional: ['entity', 'question'],
  async run(ctx, input) {
    const entity = await findEntity(ctx, input.entity);
    const pivots = await pivotsOf(ctx, entity);
    const pivot = input.question ? pivots.find((one) => one.key === input.question) : pivots[0];
    if (!pivot)
      throw new UserError(
        'not-found',
        pivots.length === 0
          ? `No table here answers questions about ${entity.type} ${entity.id}.`
          : `There is no question “${input.question}” about ${entity.id}.`,
        pivots.length === 0 ? '“tables” shows what there is.' : `There is ${pivots.map((one) => one.key).join(', ')}.`,
      );
    const key = input.hunt ?? entity.hunts.at(-1);
    if (!key) throw new UserError('needs-hunt', `${entity.id} belongs to no hunt.`, 'Name one: --hunt H-1');
    const hunt = await ctx.hunt(key);
    const { firstSeen, lastSeen } = entity;
    const range = firstSeen
      ? {
          from: new Date(firstSeen.getTime() - pivot.aroundMilliseconds),
          to: new Date((lastSeen ?? firstSeen).getTime() + pivot.aroundMilliseconds),
        }
      : { sinceMilliseconds: Math.max(pivot.aroundMilliseconds, 7 * 86_400_000) };
    return runTab(ctx, hunt, await keepTab(ctx, hunt.id, pivot.text, range), { range });
  },
});
