import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { nearest } from '../../commands/nearest';
import { UserError } from '../../errors';
import { tableCard, tableListCard } from '../../views/table-list-card';

export const listTables = defineCommand({
  name: 'tables',
  summary: 'Shows which logs can be hunted, and over what time',
  permission: 'read',
  prominent: true,
  example: 'tables SigninLogs',
  input: { table: field.optional(field.text({ label: 'Table', max: 200, rest: true, sample: 'TABLE' })) },
  positional: ['table'],
  async run(ctx, input) {
    const [engine] = ctx.engines.values();
    if (!engine) throw new UserError('unavailable', 'No query engine is set up.');
    const tables = await engine.tables();
    const wanted = input.table;
    if (!wanted)
      return { kind: 'card', card: tableListCard(engine.name, tables, (await engine.problems?.()) ?? []), to: 'asker' };
    const table = tables.find((one) => one.name.toLowerCase() === wanted.toLowerCase());
    if (table) return { kind: 'card', card: tableCard(table), to: 'asker' };
    const near = nearest(
      wanted,
      tables.map((one) => one.name),
    );
    throw new UserError(
      'not-found',
      `There is no table “${wanted}”.`,
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Type “tables” to see them.',
    );
  },
});
