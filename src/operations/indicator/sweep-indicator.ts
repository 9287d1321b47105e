import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { runFields } from '../../commands/run-fields';
import { UserError } from '../../errors';
import { findIndicator } from '../../hunting/find-indicator';
import { indicatorQueries } from '../../hunting/indicator-queries';
import { engineName, runQueryOf, startQueries } from '../../hunting/start-queries';
import { inertValue, kindText } from '../../views/indicator-card';

/** Tables of one sweep; more would make a card that nobody reads. */
const mostTables = 100;

export const sweepIndicator = defineCommand({
  name: 'indicator sweep',
  summary: 'Looks for an indicator in every table that has a column for it',
  formTitle: 'Where else is it?',
  submit: 'Look',
  permission: 'hunt',
  example: 'indicator sweep T-1 --since 30d',
  input: {
    indicator: field.key('indicator'),
    hunt: field.optional(field.hunt()),
    ...runFields(),
    since: field.defaulting(field.span({ label: 'Since', summary: 'How far back; 30d when left out' }), '30d'),
  },
  positional: ['indicator'],
  async run(ctx, input) {
    const one = await findIndicator(ctx, input.indicator);
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : ((await ctx.threadHunt()) ?? undefined);
    const engine = ctx.engines.get(engineName(ctx, input.engine));
    const queries = indicatorQueries(one, (await engine?.tables()) ?? []);
    if (queries.length === 0)
      throw new UserError(
        'not-found',
        `No table here has a column for a ${kindText(one.kind)}.`,
        '“tables” shows what there is.',
      );
    if (queries.length > mostTables)
      throw new UserError(
        'too-large',
        `${queries.length} tables have a column for it; ${mostTables} at most are looked through.`,
        'Look with “kql” in the ones that matter.',
      );
    return startQueries(ctx, {
      ...(hunt ? { hunt } : {}),
      queries: queries.map(({ table, text }) =>
        runQueryOf({
          id: table,
          name: inertValue(one).slice(0, 200),
          text,
          tactics: [],
          techniques: [],
          entityMappings: [],
        }),
      ),
      since: input.since,
      from: input.from,
      to: input.to,
      asOf: input['as-of'],
      engine: input.engine,
    });
  },
});
