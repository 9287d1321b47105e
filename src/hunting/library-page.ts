import type { Reply } from '../chat/reply';
import type { Context } from '../commands/context';
import { personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { Sweep } from '../domain/sweep';
import type { LibraryCounts } from '../views/library-counts';
import { queryListCard } from '../views/query-list-card';
import { listPage } from './list-page';
import { filterArgs, filterText, type QueryFilter, queryFind, querySorts } from './query-filter';

const perPage = 20;

export interface LibraryWish extends QueryFilter {
  hunt?: string | undefined;
  sort: keyof typeof querySorts;
  page: number;
}

/** One page of the library, to be looked at, narrowed down, or ticked into a hunt. */
export async function libraryPage(ctx: Context, wish: LibraryWish): Promise<Reply> {
  const hunt = wish.hunt ? await ctx.hunt(wish.hunt) : undefined;
  const find = queryFind(wish, ctx.person);
  const { items, ...page } = await listPage(
    ctx.stores.queries,
    { ...find, sort: querySorts[wish.sort] },
    { page: wish.page, perPage },
  );
  const own = hunt
    ? await ctx.stores.queries.find({
        where: { hunt: { is: hunt.id }, deletedAt: { missing: true } },
        sort: [{ field: 'number', direction: 'up' }],
        limit: 200,
      })
    : [];
  const filters = filterArgs(wish);
  const args = {
    ...(hunt ? { hunt: hunt.id } : {}),
    ...filters,
    ...(wish.sort === 'key' ? {} : { sort: wish.sort }),
  };
  const card = queryListCard({
    queries: items,
    ...page,
    args,
    filtered: Object.keys(filters).length > 0,
    filter: filterText(wish),
    own,
    sweeps: await sweepsOf(ctx, items),
    person: personKey(ctx.person),
    ...(page.pages > 1 ? { counts: await libraryCounts(ctx, find) } : {}),
    ...(hunt ? { hunt: hunt.id } : {}),
  });
  return { kind: 'card', card, to: 'asker' };
}

async function sweepsOf(ctx: Context, queries: HuntQuery[]): Promise<Sweep[]> {
  const ids = [...new Set(queries.flatMap((query) => query.resultSweep ?? []))];
  return ids.length === 0 ? [] : ctx.stores.sweeps.find({ where: { id: { oneOf: ids } }, limit: ids.length });
}

async function libraryCounts(
  { stores: { queries } }: Context,
  find: ReturnType<typeof queryFind>,
): Promise<LibraryCounts> {
  const tallies = await queries.tally(['tactics', 'dataTypes', 'solution', 'origin'], find);
  return { tactics: tallies.tactics, tables: tallies.dataTypes, solutions: tallies.solution, sources: tallies.origin };
}
