import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { exportRows } from '../../hunting/export-rows';
import { findRun, queryOfRun, requireFinished } from '../../hunting/find-run';
import { counted } from '../../views/wording';

export const exportResults = defineCommand({
  name: 'export',
  summary: 'Gives the rows of a run as a file',
  formTitle: 'Export results',
  submit: 'Export',
  permission: 'read',
  example: 'export R-1 --format csv',
  input: {
    run: field.key('run'),
    query: field.optional(
      field.text({ label: 'Query', summary: 'Which of the run’s queries', max: 40, sample: 'Q-1' }),
    ),
    format: field.defaulting(field.choice({ label: 'Format', options: ['csv', 'json', 'parquet'] }), 'csv'),
  },
  positional: ['run', 'query'],
  async run(ctx, input) {
    const run = await findRun(ctx, input.run);
    const query = queryOfRun(run, input.query);
    if (!query)
      throw new UserError(
        'bad-input',
        `${run.id} has several queries with rows.`,
        `Name one: “export ${run.id} ${run.queries.find((one) => one.rows > 0)?.id ?? 'Q-1'}”.`,
      );
    requireFinished(run, query);
    const { format } = input;
    const file = await exportRows(ctx, run, query, format);
    const detail = `${counted(query.rows, 'row')} of ${run.id}${query.id === 'kql' ? '' : ` ${query.id}`} as ${format.toUpperCase()}, asked for by ${ctx.person.name}`;
    const url = ctx.links.result({ run: run.id, query: query.id, format });
    const card = { title: detail, blocks: [{ type: 'text' as const, text: detail }] };
    return { kind: 'file', file: { ...file, url }, card };
  },
});
