import { defineCommand } from '../../commands/define-command';
import { queryFilterFields } from '../../commands/query-filter-fields';
import { runFields } from '../../commands/run-fields';
import { filterText, queryFind } from '../../hunting/query-filter';
import { startSweep } from '../../hunting/start-sweep';

export const runAll = defineCommand({
  name: 'run-all',
  summary: 'Counts what each query of the library finds, and what changed since yesterday',
  formTitle: 'Run the library',
  submit: 'Run',
  permission: 'hunt',
  prominent: true,
  example: 'run-all --tactic CredentialAccess --since 30d',
  input: { ...queryFilterFields, ...runFields() },
  positional: ['search'],
  async run(ctx, input) {
    return startSweep(ctx, {
      find: queryFind(input, ctx.person),
      filter: filterText(input),
      since: input.since,
      from: input.from,
      to: input.to,
      asOf: input['as-of'],
      engine: input.engine,
    });
  },
});
