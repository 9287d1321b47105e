import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { cleanKql, queryFields } from '../../commands/query-fields';
import { runFields } from '../../commands/run-fields';
import { findRun } from '../../hunting/find-run';
import { keepTab } from '../../hunting/keep-tab';
import { rangeOf, runTab } from '../../hunting/run-tab';
import { askedTime, engineName, runQueryOf, startQueries } from '../../hunting/start-queries';
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
    corrects: field.optional(field.key('run', { label: 'Run', hidden: true })),
    ...runFields(),
  },
  positional: ['kql'],
  async fill(ctx, args) {
    if (typeof args.corrects !== 'string') return {};
    const run = await findRun(ctx, args.corrects);
    const text = run.queries.find((query) => query.id === 'kql')?.text ?? '';
    const range =
      run.to.getTime() === run.asOf.getTime()
        ? { since: `${Math.max(1, Math.round((run.to.getTime() - run.from.getTime()) / 3_600_000))}h` }
        : { from: run.from.toISOString(), to: run.to.toISOString() };
    const usualClock = !run.asOfGiven || Math.abs(run.asOf.getTime() - ctx.queryClock.now().getTime()) < 60_000;
    return { kql: text, ...range, ...(usualClock ? {} : { 'as-of': run.asOf.toISOString() }) };
  },
  async run(ctx, input) {
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : undefined;
    const text = cleanKql(input.kql);
    const where = { since: input.since, from: input.from, to: input.to, asOf: input['as-of'], engine: input.engine };
    if (hunt) {
      // A range or an engine that cannot be shall not leave a tab behind.
      askedTime(ctx, where);
      engineName(ctx, input.engine);
      const range = rangeOf(input);
      return runTab(ctx, hunt, await keepTab(ctx, hunt.id, text, range), { range, text });
    }
    const query = runQueryOf({
      id: 'kql',
      name: shortened(text.replace(/\s+/g, ' '), 60),
      text,
      tactics: [],
      techniques: [],
      entityMappings: [],
    });
    return startQueries(ctx, { queries: [query], ...where });
  },
});
