import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findRun } from '../../hunting/find-run';
import { tabOfRun } from '../../hunting/find-tab';
import { runQueryOf, startQueries } from '../../hunting/start-queries';

/** The same queries over a range of the same length that ends now; where the clock was set, over the same range. */
export const runAgain = defineCommand({
  name: 'run-again',
  summary: 'Runs what a run ran, up to now',
  permission: 'hunt',
  quiet: true,
  example: 'run-again R-1',
  input: { run: field.key('run') },
  positional: ['run'],
  async run(ctx, input) {
    const run = await findRun(ctx, input.run);
    const hunt = run.hunt ? await ctx.hunt(run.hunt) : undefined;
    const tab = await tabOfRun(ctx, run);
    return startQueries(ctx, {
      ...(hunt ? { hunt } : {}),
      ...(tab ? { tab: tab.id } : {}),
      queries: run.queries.map(runQueryOf),
      since: run.to.getTime() - run.from.getTime(),
      ...(run.asOfGiven ? { from: run.from, to: run.to, asOf: run.asOf } : {}),
      engine: run.engine,
    });
  },
});
