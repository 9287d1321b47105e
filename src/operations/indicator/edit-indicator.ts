import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { indicatorFields } from '../../commands/indicator-fields';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { findIndicator, indicatorState } from '../../hunting/find-indicator';
import { recordChange } from '../../hunting/record-change';
import { indicatorCard } from '../../views/indicator-card';
import { dayText } from '../../views/wording';

export const editIndicator = defineCommand({
  name: 'indicator edit',
  summary: 'Changes what is said of an indicator, or for how long it counts',
  formTitle: 'Edit the indicator',
  permission: 'hunt',
  formFirst: true,
  example: 'indicator edit T-1 --valid 30d --confidence 90',
  input: { indicator: field.key('indicator'), ...indicatorFields() },
  positional: ['indicator'],
  async fill(ctx, args) {
    if (typeof args.indicator !== 'string') return {};
    const one = await findIndicator(ctx, args.indicator.toUpperCase());
    return {
      confidence: String(one.confidence),
      tlp: one.tlp,
      tags: one.tags.join(', '),
      description: one.description,
    };
  },
  async run(ctx, input) {
    const before = await findIndicator(ctx, input.indicator);
    const now = ctx.clock.now();
    const fromForm = ctx.kind === 'form';
    const changed = await change(ctx.stores.indicators, before.id, (current) => ({
      ...current,
      confidence: input.confidence ?? current.confidence,
      tlp: input.tlp ?? current.tlp,
      tags: input.tags ?? (fromForm ? [] : current.tags),
      description: input.description ?? (fromForm ? '' : current.description),
      ...(input.valid === undefined ? {} : { validUntil: new Date(now.getTime() + input.valid) }),
      updatedAt: now,
    }));
    if (!changed) throw new UserError('not-found', `There is no indicator ${before.id} any more.`);
    for (const hunt of changed.hunts)
      await recordChange(ctx, {
        hunt,
        subject: changed.id,
        what: 'changed an indicator',
        before: wordsOf(before),
        after: wordsOf(changed),
      });
    return { kind: 'card', card: indicatorCard(changed, indicatorState(changed, now)), to: 'everyone' };
  },
});

function wordsOf(one: {
  confidence: number;
  tlp: string;
  tags: string[];
  description: string;
  validUntil?: Date | undefined;
}): string {
  return [
    `confidence ${one.confidence}`,
    `TLP ${one.tlp}`,
    one.validUntil ? `until ${dayText(one.validUntil)}` : 'without an end',
    one.tags.join(', '),
    one.description,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
