import type { ResultKey } from '../../ports/stores';
import { encodeText } from '../encoding';
import type { PackedPages } from '../result-pages';
import type { EmbeddedDatabase } from './database';

const ofKey = 'run = $1 AND query = $2 AND attempt = $3';

function keyValues(key: ResultKey): unknown[] {
  return [encodeText(key.run), encodeText(key.query), key.attempt];
}

/** Pages as base64: PGlite passes bytes through a text of hexadecimal digits, many times slower and larger. */
export function createEmbeddedPages(database: EmbeddedDatabase): PackedPages {
  return {
    async put(key, head, packed) {
      await database.query(
        `INSERT INTO talbot.result_pages (run, query, attempt, page, rows, packed) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (run, query, attempt, page) DO UPDATE SET rows = excluded.rows, packed = excluded.packed`,
        [...keyValues(key), head.page, head.rows, packed.toString('base64')],
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
      const { rows } = await database.query<{ packed: string }>(
        `SELECT packed FROM talbot.result_pages WHERE ${ofKey} AND page = $4`,
        [...keyValues(key), page],
      );
      return rows[0] ? Buffer.from(rows[0].packed, 'base64') : null;
    },
    async removeRun(run) {
      await database.query('DELETE FROM talbot.result_pages WHERE run = $1', [encodeText(run)]);
    },
  };
}
