import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { findRun, queryOfRun, requireFinished } from '../../hunting/find-run';
import { rowCard } from '../../views/row-card';

export const showRow = defineCommand({
  name: 'row',
  summary: 'Shows one row of a result whole, with every column and what is nested in it',
  formTitle: 'Show a row',
  submit: 'Show',
  permission: 'read',
  example: 'row R-1 5',
  input: {
    run: field.key('run'),
    row: field.whole({ label: 'Row', summary: 'Its number in the result', least: 1, most: 100_000_000 }),
    query: field.optional(
      field.text({ label: 'Query', summary: 'Which of the run’s queries', max: 40, sample: 'Q-1' }),
    ),
  },
  positional: ['run', 'row', 'query'],
  async run(ctx, input) {
    const run = await findRun(ctx, input.run);
    const query = queryOfRun(run, input.query);
    if (!query)
      throw new UserError(
        'bad-input',
        `${run.id} has several queries with rows.`,
        `Name one: “row ${run.id} ${input.row} ${run.queries.find((one) => one.rows > 0)?.id ?? 'Q-1'}”.`,
      );
    requireFinished(run, query);
    if (input.row > query.rows)
      throw new UserError('not-found', `There is no row ${input.row}: the result has ${query.rows}.`, undefined, {
        row: `From 1 to ${query.rows}.`,
      });
    const [row] = await ctx.stores.results.slice(
      { run: run.id, query: query.id, attempt: query.attempt },
      input.row - 1,
      1,
    );
    if (!row)
      throw new UserError('not-found', `Row ${input.row} of ${run.id} is not kept any more.`, 'Run the query again.');
    const card = rowCard(run, query, input.row, row);
    return { kind: 'card', card, to: 'asker' };
  },
});
