import type { Collection, Find, Stored } from '../ports/stores';

export interface ListPage<T> {
  items: T[];
  /** Of all pages. */
  total: number;
  page: number;
  pages: number;
}

/** One page of what a query finds; a page past the end is the last one, and no page given is the last one too. */
export async function listPage<T extends Stored>(
  collection: Collection<T>,
  query: Omit<Find<T>, 'skip' | 'limit'>,
  wanted: { page: number | undefined; perPage: number },
): Promise<ListPage<T>> {
  const { sort: _sort, ...which } = query;
  const part = (page: number) =>
    collection.find({ ...query, skip: (page - 1) * wanted.perPage, limit: wanted.perPage });
  if (wanted.page === 1) {
    const items = await part(1);
    // A short first page is all there is: to count would be to look a second time.
    const total = items.length < wanted.perPage ? items.length : await collection.count(which);
    return { items, total, page: 1, pages: Math.max(1, Math.ceil(total / wanted.perPage)) };
  }
  const total = await collection.count(which);
  const pages = Math.max(1, Math.ceil(total / wanted.perPage));
  const page = Math.min(wanted.page ?? pages, pages);
  return { items: await part(page), total, page, pages };
}
