import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findIndicator, indicatorState } from '../../hunting/find-indicator';
import { indicatorCard } from '../../views/indicator-card';

export const showIndicator = defineCommand({
  name: 'indicator show',
  summary: 'Shows an indicator and what names it',
  formTitle: 'Show an indicator',
  submit: 'Show',
  permission: 'read',
  example: 'indicator show T-1',
  input: { indicator: field.key('indicator') },
  positional: ['indicator'],
  async run(ctx, input) {
    const one = await findIndicator(ctx, input.indicator);
    const entities = await ctx.stores.entities.find({ where: { name: { is: one.value } }, limit: 10 });
    const tied = one.entity && !entities.some((entity) => entity.id === one.entity) ? [one.entity] : [];
    const places = {
      entities: [...tied, ...entities.map((entity) => entity.id)],
      bookmarks: [...new Set(entities.flatMap((entity) => entity.bookmarks))].slice(0, 20),
    };
    return { kind: 'card', card: indicatorCard(one, indicatorState(one, ctx.clock.now()), { places }), to: 'asker' };
  },
});
