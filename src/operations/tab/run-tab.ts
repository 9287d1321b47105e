import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { runFields } from '../../commands/run-fields';
import { findTab } from '../../hunting/find-tab';
import { rangeOf, runTab } from '../../hunting/run-tab';

export const runTabCommand = defineCommand({
  name: 'tab run',
  summary: 'Runs a tab’s query again, where it looked before or over another range',
  formTitle: 'Run a tab',
  submit: 'Run',
  permission: 'hunt',
  example: 'tab run K-1 --since 30d',
  input: {
    tab: field.key('tab'),
    ...runFields(),
    since: field.optional(field.span({ label: 'Since', summary: 'How far back; left out: as before' })),
  },
  positional: ['tab'],
  async run(ctx, input) {
    const tab = await findTab(ctx, input.tab);
    const hunt = await ctx.hunt(tab.hunt);
    const range = rangeOf(input);
    if (Object.keys(range).length === 0) return runTab(ctx, hunt, tab);
    const engine = range.engine ?? tab.engine;
    const asOf = range.asOf ?? tab.asOf;
    const moved = range.sinceMilliseconds !== undefined || range.from || range.to;
    const { sinceMilliseconds, from, to } = moved ? range : tab;
    return runTab(ctx, hunt, tab, {
      range: {
        ...rangeOf({ since: sinceMilliseconds, from, to, 'as-of': asOf, engine }),
      },
    });
  },
});
