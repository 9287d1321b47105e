import type { ResultKey, ResultPages } from '../ports/stores';
import { type PageHead, packRows, pagesWithin, unpackRows } from './packed-rows';

/** What a database does for result pages: packed pages by key and number. */
export interface PackedPages {
  put(key: ResultKey, head: PageHead, packed: Buffer): Promise<void>;
  /** In page order. */
  heads(key: ResultKey): Promise<PageHead[]>;
  /** Null where the page went away meanwhile. */
  get(key: ResultKey, page: number): Promise<Uint8Array | null>;
  removeRun(run: string): Promise<void>;
}

export function createResultPages(pages: PackedPages): ResultPages {
  async function rowsOf(key: ResultKey, page: number, from: number, to: number) {
    const packed = await pages.get(key, page);
    if (!packed) throw new Error(`page ${page} of ${key.run}.${key.query} was removed while it was read`);
    return (await unpackRows(packed)).slice(from, to);
  }

  return {
    async put(key, page, rows) {
      await pages.put(key, { page, rows: rows.length }, await packRows(rows));
    },
    async *read(key, fromRow = 0) {
      for (const part of pagesWithin(await pages.heads(key), fromRow, Number.MAX_SAFE_INTEGER)) {
        yield await rowsOf(key, part.page, part.from, part.to);
      }
    },
    async slice(key, offset, limit) {
      const parts = pagesWithin(await pages.heads(key), offset, limit);
      const rows = await Promise.all(parts.map((part) => rowsOf(key, part.page, part.from, part.to)));
      return rows.flat();
    },
    removeRun: (run) => pages.removeRun(run),
  };
}
