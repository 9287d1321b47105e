import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { cleanKql, queryFields } from '../../commands/query-fields';
import { runFields } from '../../commands/run-fields';
import { runQueryOf, startQueries } from '../../hunting/start-queries';
import { shortened } from '../../views/wording';

export const runKql = defineCommand({
  name: 'kql',
  summary: 'Runs KQL that you type',
  formTitle: 'Run KQL',
  submit: 'Run',
  permission: 'hunt',
  prominent: true,
  example: 'kql SigninLogs | where ResultType != 0 | summarize count() by IPAddress',
  input: {
    kql: queryFields.kql({ rest: true }),
    hunt: field.optional(field.hunt()),
    ...runFields(),
  },
  positional: ['kql'],
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const text = cleanKql(input.kql);
    const query = runQueryOf({
      id: 'kql',
      name: shortened(text.replace(/\s+/g, ' '), 60),
      text,
      tactics: [],
      techniques: [],
      entityMappings: [],
    });
    return startQueries(ctx, {
      ...(hunt ? { hunt } : {}),
      queries: [query],
      since: input.since,
      from: input.from,
      to: input.to,
      asOf: input['as-of'],
      engine: input.engine,
    });
  },
});
