import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { queryFilterFields, querySort } from '../../commands/query-filter-fields';
import { libraryPage } from '../../hunting/library-page';

/** What `queries` does, with a form first: for those who press and do not type. */
export const findQueries = defineCommand({
  name: 'query find',
  summary: 'Searches the query library with a form',
  formTitle: 'Search the library',
  permission: 'read',
  formFirst: true,
  quiet: true,
  input: { hunt: field.optional(field.hunt()), ...queryFilterFields, sort: querySort() },
  positional: ['hunt', 'search'],
  run: (ctx, input) => libraryPage(ctx, { ...input, page: 1 }),
});
