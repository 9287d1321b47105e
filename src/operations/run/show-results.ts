import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { chartBlocks } from '../../hunting/chart-blocks';
import { findRun, queryOfRun, requireFinished } from '../../hunting/find-run';
import { selectRows } from '../../hunting/select-rows';
import { chooseQueryCard, resultsPageCard } from '../../views/results-page-card';

/** What Slack still takes with a dozen columns: a page that is cut would hide rows that the next page does not show. */
const perPage = 10;

export const showResults = defineCommand({
  name: 'results',
  summary: 'Pages through the rows of a run',
  formTitle: 'Show results',
  submit: 'Show',
  permission: 'read',
  example: 'results R-1 --filter mimikatz --sort TimeGenerated',
  input: {
    run: field.key('run'),
    query: field.optional(
      field.text({ label: 'Query', summary: 'Which of the run’s queries', max: 40, sample: 'Q-1' }),
    ),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 1_000_000 }), '1'),
    columns: field.optional(
      field.list({
        label: 'Columns',
        summary: 'Only these, in this order',
        sample: 'Account,Computer',
        one: (word) => ({ value: word }),
      }),
    ),
    filter: field.optional(
      field.text({
        label: 'Filter',
        summary: 'Words a row must have; also Account=svc*, EventID>4624, State!=ok',
        max: 200,
        sample: 'WORDS',
      }),
    ),
    sort: field.optional(
      field.text({
        label: 'Sort',
        summary: 'A column or several; “-Column” turns it round',
        max: 200,
        sample: 'COLUMN',
      }),
    ),
  },
  positional: ['run', 'query'],
  async run(ctx, input) {
    const run = await findRun(ctx, input.run);
    const query = queryOfRun(run, input.query);
    if (!query) return { kind: 'card', card: chooseQueryCard(run), to: 'asker' };
    requireFinished(run, query);
    const known = query.columns.map((column) => column.name);
    const columns = input.columns?.map((wanted) => {
      const name =
        known.find((one) => one === wanted) ?? known.find((one) => one.toLowerCase() === wanted.toLowerCase());
      if (!name) throw new UserError('bad-input', `There is no column “${wanted}”.`, `There is ${known.join(', ')}.`);
      return name;
    });
    const view = await selectRows(ctx.stores.results, run, query, {
      page: input.page,
      perPage,
      filter: input.filter,
      sort: input.sort,
    });
    const args: Record<string, string | string[]> = { run: run.id, query: query.id };
    if (columns) args.columns = columns;
    if (input.filter) args.filter = input.filter;
    if (input.sort) args.sort = input.sort;
    // Of all rows, so it says nothing about those that fit a filter.
    const chart = view.page === 1 && !input.filter ? await chartBlocks(ctx, run, query) : [];
    const card = resultsPageCard({
      run,
      query,
      ...view,
      args,
      ...(columns ? { columns } : {}),
      chart,
      portal: ctx.engines.get(run.engine)?.portalLink?.({ text: query.text, range: { from: run.from, to: run.to } }),
      file: ctx.links.result({ run: run.id, query: query.id, format: 'csv' }),
    });
    return { kind: 'card', card, to: 'asker' };
  },
});
