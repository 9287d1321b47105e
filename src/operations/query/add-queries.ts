import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { queryFilterFields } from '../../commands/query-filter-fields';
import { UserError } from '../../errors';
import { change } from '../../hunting/change';
import { cloneInto, libraryQueries } from '../../hunting/clone-queries';
import { findSolution } from '../../hunting/find-solution';
import { filterText, queryFind, querySorts } from '../../hunting/query-filter';
import { refreshHunt } from '../../hunting/refresh-hunt';
import { noticeCard } from '../../views/notice-card';
import { mostAdded } from '../../views/query-list-card';
import { counted } from '../../views/wording';

export const addQueries = defineCommand({
  name: 'add',
  summary: 'Adds library queries to the hunt',
  formTitle: 'Add queries to a hunt',
  submit: 'Add',
  permission: 'hunt',
  prominent: true,
  example: 'add Q-1 Q-2',
  input: {
    hunt: field.hunt(),
    queries: field.optional(field.keys('query', { label: 'Queries' })),
    ...queryFilterFields,
  },
  positional: ['hunt', 'queries'],
  async run(ctx, input) {
    const hunt = await ctx.hunt(input.hunt);
    const named = await libraryQueries(ctx, input.queries ?? []);
    const filter = input.solution ? { ...input, solution: (await findSolution(ctx, input.solution)).slug } : input;
    const said = filterText(filter);
    const find = said === '' ? null : queryFind(filter, ctx.person);
    const total = find ? await ctx.stores.queries.count(find) : 0;
    if (total > mostAdded)
      throw new UserError(
        'too-large',
        `${counted(total, 'query', 'queries')} fit; at most ${mostAdded} are added at once.`,
        'Narrow them down with a second filter: “add --technique T1110 --solution NAME”, or tick them in “queries”.',
      );
    const fitting = find ? await ctx.stores.queries.find({ ...find, sort: querySorts.key, limit: mostAdded }) : [];
    const queries = [...new Map([...named, ...fitting].map((query) => [query.id, query])).values()];
    if (find && queries.length === 0)
      throw new UserError(
        'not-found',
        `No query of the library fits: ${said}.`,
        'Type “queries” to see what there is.',
      );
    if (queries.length === 0)
      throw new UserError(
        'bad-input',
        'No query was chosen.',
        'Tick some in “queries”, name them, “add Q-1 Q-2”, or say which: “add --tactic Impact”.',
        {
          queries: 'Name at least one query, such as Q-1.',
        },
      );
    const { added, there } = await cloneInto(ctx, hunt.id, queries);
    if (added.length > 0)
      await change(ctx.stores.hunts, hunt.id, (current) => ({ ...current, updatedAt: ctx.clock.now() }));
    await refreshHunt(ctx, hunt.id);
    const names = added.map((query) => query.id.split('/')[1] ?? query.id).join(', ');
    const text = [
      added.length > 0
        ? `${counted(added.length, 'query', 'queries')} added to ${hunt.id} by ${ctx.person.name}: ${names}.`
        : `Nothing was added to ${hunt.id}.`,
      ...(there.length > 0
        ? [`${there.map((query) => query.id).join(', ')} ${there.length === 1 ? 'was' : 'were'} there already.`]
        : []),
    ].join(' ');
    const run = {
      label: 'Run all',
      command: 'run',
      args: { hunt: hunt.id },
      opens: 'nothing' as const,
      style: 'primary' as const,
    };
    return { kind: 'card', card: noticeCard(text, [run]), to: 'everyone' };
  },
});
