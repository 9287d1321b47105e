import { randomUUID } from 'node:crypto';
import { Binary, type Collection as MongoCollection } from 'mongodb';
import type { ResultKey } from '../../ports/stores';
import { encodeText } from '../encoding';
import type { PackedPages } from '../result-pages';

/** Bytes of a page in one document; MongoDB's own limit is 16 MiB with everything around them. */
const partBytes = 8 * 1024 * 1024;

export interface PageDocument {
  _id: string;
  run: string;
  query: string;
  attempt: number;
  page: number;
  rows: number;
  /** Which writing of the page counts: parts of another are left over from an earlier one, or from one that was cut short. */
  writing: string;
  parts: number;
  /** The first part, which for nearly every page is the only one. */
  packed: Binary;
}

export interface PartDocument {
  _id: string;
  run: string;
  pageId: string;
  writing: string;
  part: number;
  packed: Binary;
}

export function createMongoPages(
  pages: MongoCollection<PageDocument>,
  parts: MongoCollection<PartDocument>,
): PackedPages {
  return {
    async put(key, head, packed) {
      const _id = pageId(key, head.page);
      const writing = randomUUID();
      const chunks: Binary[] = [];
      for (let at = 0; at < packed.length; at += partBytes)
        chunks.push(new Binary(packed.subarray(at, at + partBytes)));
      const [first = new Binary(Buffer.alloc(0)), ...others] = chunks;

      for (const [index, chunk] of others.entries()) {
        const part = index + 1;
        await parts.insertOne({
          _id: partId(_id, writing, part),
          run: key.run,
          pageId: _id,
          writing,
          part,
          packed: chunk,
        });
      }
      // Only now does the page exist, or change: all of it at once.
      const page = { ...key, page: head.page, rows: head.rows, writing, parts: chunks.length, packed: first };
      const before = await pages.findOneAndReplace({ _id }, page, { upsert: true, projection: { parts: 1 } });
      if (before && before.parts > 1) await parts.deleteMany({ pageId: _id, writing: { $ne: writing } });
    },

    async heads(key) {
      return pages
        .find({ run: key.run, query: key.query, attempt: key.attempt })
        .project<{ page: number; rows: number }>({ _id: 0, page: 1, rows: 1 })
        .sort({ page: 1 })
        .toArray();
    },

    async get(key, page) {
      const _id = pageId(key, page);
      const found = await pages.findOne({ _id });
      if (!found) return null;
      const chunks = [found.packed.value()];
      for (let part = 1; part < found.parts; part++) {
        const next = await parts.findOne({ _id: partId(_id, found.writing, part) });
        if (!next) return null;
        chunks.push(next.packed.value());
      }
      return Buffer.concat(chunks);
    },

    async removeRun(run) {
      await pages.deleteMany({ run });
      await parts.deleteMany({ run });
    },
  };
}

function pageId(key: ResultKey, page: number): string {
  return encodeText([key.run, key.query, key.attempt, page].join('|'));
}

function partId(page: string, writing: string, part: number): string {
  return [page, writing, part].join('|');
}
