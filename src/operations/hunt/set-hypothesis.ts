import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { type Hunt, HypothesisStatus } from '../../domain/hunt';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { huntReply } from '../../hunting/hunt-numbers';
import { recordChange } from '../../hunting/record-change';
import { refreshHunt } from '../../hunting/refresh-hunt';

export const setHypothesis = defineCommand({
  name: 'hypothesis',
  summary: 'Gives the hypothesis its verdict',
  formTitle: 'Verdict',
  permission: 'hunt',
  prominent: true,
  example: 'hypothesis validated --because "two accounts were taken over"',
  input: {
    hunt: field.hunt(),
    verdict: field.choice({ label: 'Hypothesis', options: HypothesisStatus.options }),
    because: field.optional(
      field.text({ label: 'Because', summary: 'What the evidence says', max: 2000, lines: true, sample: 'TEXT' }),
    ),
  },
  positional: ['hunt', 'verdict'],
  async run(ctx, input) {
    await ctx.hunt(input.hunt);
    const now = ctx.clock.now();
    let before: string | undefined;
    const hunt = await change(ctx.stores.hunts, input.hunt, (current) => {
      before = verdictText(current);
      const { because: _because, verdictAt: _at, ...others } = current;
      return {
        ...others,
        hypothesis: input.verdict,
        updatedAt: now,
        ...(input.because ? { because: input.because } : {}),
        ...(input.verdict === 'Unknown' ? {} : { verdictAt: now }),
      };
    });
    if (!hunt) throw new UserError('not-found', `There is no hunt ${input.hunt}.`);
    const after = verdictText(hunt);
    if (after !== before) await recordChange(ctx, { hunt: hunt.id, what: 'gave the verdict', before, after });
    await refreshHunt(ctx, hunt.id);
    return huntReply(ctx, hunt);
  },
});

function verdictText({ hypothesis, because }: Hunt): string {
  return because ? `${hypothesis}: ${because}` : hypothesis;
}
