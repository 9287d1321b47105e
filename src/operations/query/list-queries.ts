import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { queryFilterFields, querySort } from '../../commands/query-filter-fields';
import { libraryPage } from '../../hunting/library-page';

export const listQueries = defineCommand({
  name: 'queries',
  summary: 'Lists the query library, and adds from it to the hunt',
  permission: 'read',
  prominent: true,
  example: 'queries --tactic CredentialAccess',
  input: {
    hunt: field.optional(field.hunt()),
    ...queryFilterFields,
    sort: querySort(),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['hunt', 'search'],
  run: libraryPage,
});
