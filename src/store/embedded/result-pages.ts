import type { ResultKey } from '../../ports/stores';
import type { PackedPages } from '../result-pages';
import type { EmbeddedDatabase } from './database';

const ofKey = 'run = $1 AND query = $2 AND attempt = $3';

function keyValues(key: ResultKey): unknown[] {
  return [key.run, key.query, key.attempt];
}

export function createEmbeddedPages(database: EmbeddedDatabase): PackedPages {
  return {
    async put(key, head, packed) {
      await database.query(
        `INSERT INTO talbot.result_pages (run, query, attempt, page, rows, packed) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (run, query, attempt, page) DO UPDATE SET rows = excluded.rows, packed = excluded.packed`,
        [...keyValues(key), head.page, head.rows, packed],
      );
    },
    async heads(key) {
      const { rows } = await database.query<{ page: number; rows: number }>(
        `SELECT page, rows FROM talbot.result_pages WHERE ${ofKey} ORDER BY page`,
        keyValues(key),
      );
      return rows;
    },
    async get(key, page) {
      const { rows } = await database.query<{ packed: Uint8Array }>(
        `SELECT packed FROM talbot.result_pages WHERE ${ofKey} AND page = $4`,
        [...keyValues(key), page],
      );
      return rows[0]?.packed ?? null;
    },
    async removeRun(run) {
      await database.query('DELETE FROM talbot.result_pages WHERE run = $1', [run]);
    },
  };
}
