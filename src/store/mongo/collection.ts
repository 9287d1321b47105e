import { BSON, type Collection as MongoCollection, MongoServerError } from 'mongodb';
import type { z } from 'zod';
import { ConflictError } from '../../errors';
import type { Collection, Find, Stored } from '../../ports/stores';
import { type CollectionPlan, knownField, parseDocument, planOf } from '../collections';
import { decodeDocument, decodeText, encodeDocument, encodeText, refuseTooLarge } from '../encoding';
import { type MongoDocument, mongoFilter, pathOf } from './filter';

/**
 * The field that a unique index looks at: the value, or the document's own id where there is none, because an index that is
 * unique only where the field exists is not to be had on every server that speaks MongoDB's protocol.
 */
export function uniqueField(field: string): string {
  return `unique_${field}`;
}

export function createMongoCollection<S extends z.ZodObject, T extends Stored & z.infer<S>>(
  collection: MongoCollection<MongoDocument>,
  name: string,
  plan: CollectionPlan<S>,
): Collection<T> {
  function encode(document: T): MongoDocument {
    const { id, ...rest } = document;
    const values = Object.entries(document);
    const unique = plan.unique.map((field) => {
      const value = values.find(([key]) => key === field)?.[1];
      return [uniqueField(field), typeof value === 'string' ? `is:${encodeText(value)}` : `id:${encodeText(id)}`];
    });
    const fields = encodeDocument(plan, rest, (date) => date);
    const encoded = { _id: encodeText(id), ...fields, ...Object.fromEntries(unique) };
    refuseTooLarge(name, id, BSON.calculateObjectSize(encoded));
    return encoded;
  }

  function read(found: MongoDocument): T {
    const { _id, ...rest } = found;
    const value = decodeDocument(plan, { id: _id, ...rest }, (item) => (item instanceof Date ? item : null));
    return parseDocument(name, plan, _id, value) as T;
  }

  async function select(query: Find<T>, projection?: Record<string, 1>): Promise<MongoDocument[]> {
    const limit = query.limit ?? 100;
    // To MongoDB a limit of 0 means none at all.
    if (limit <= 0) return [];
    const order = (query.sort ?? []).map((sort): [string, 1 | -1] => [
      pathOf(name, plan, sort.field),
      sort.direction === 'up' ? 1 : -1,
    ]);
    return collection
      .find(mongoFilter(name, plan, query), projection ? { projection } : {})
      .sort(new Map([...order, ['_id', 1]]))
      .skip(query.skip ?? 0)
      .limit(limit)
      .toArray();
  }

  async function tallyOf(field: string, query: Pick<Find<T>, 'where' | 'search'>) {
    const path = `$${pathOf(name, plan, field)}`;
    const list = knownField(name, plan, field).kind === 'list';
    const found = await collection
      .aggregate<{ _id: string; count: number }>([
        { $match: mongoFilter(name, plan, query) },
        { $project: { _id: 0, value: list ? { $setUnion: [{ $ifNull: [path, []] }, []] } : path } },
        ...(list ? [{ $unwind: '$value' }] : []),
        { $group: { _id: '$value', count: { $sum: 1 } } },
        { $match: { _id: { $type: 'string' } } },
        { $sort: { count: -1, _id: 1 } },
      ])
      .toArray();
    return found.map(({ _id, count }) => ({ value: decodeText(_id), count }));
  }

  return {
    async insert(document) {
      const first = parseDocument(name, plan, String(document.id), { ...document, version: 1 }) as T;
      await orConflict(`${name} ${first.id}`, () => collection.insertOne(encode(first)));
      return first;
    },

    async get(id) {
      const found = await collection.findOne({ _id: { $eq: encodeText(id) } });
      return found ? read(found) : null;
    },

    async find(query = {}) {
      return (await select(query)).map(read);
    },

    async pick(fields, query = {}) {
      const part = planOf(name, plan, fields);
      const projection: Record<string, 1> = {};
      for (const field of fields) projection[field === 'id' ? '_id' : field] = 1;
      const found = await select(query, projection);
      return found.map(({ _id, ...rest }) => {
        const stored = { ...(fields.some((field) => field === 'id') ? { id: _id } : {}), ...rest };
        const value = decodeDocument(part, stored, (item) => (item instanceof Date ? item : null));
        return parseDocument(name, part, _id, value) as Pick<T, (typeof fields)[number]>;
      });
    },

    async count(query = {}) {
      return collection.countDocuments(mongoFilter(name, plan, query));
    },

    async tally(fields, query = {}) {
      const tallies = await Promise.all(fields.map(async (field) => [field, await tallyOf(field, query)] as const));
      return Object.fromEntries(tallies) as Record<(typeof fields)[number], { value: string; count: number }[]>;
    },

    async update(document) {
      const next = parseDocument(name, plan, document.id, { ...document, version: document.version + 1 }) as T;
      const { matchedCount } = await orConflict(`${name} ${next.id}`, () =>
        collection.replaceOne({ _id: { $eq: encodeText(next.id) }, version: document.version }, encode(next)),
      );
      if (matchedCount !== 1) throw new ConflictError(`${name} ${next.id}`);
      return next;
    },

    async remove(id) {
      return (await collection.deleteOne({ _id: { $eq: encodeText(id) } })).deletedCount === 1;
    },

    async removeWhere(where) {
      return (await collection.deleteMany(mongoFilter(name, plan, { where }))).deletedCount;
    },
  };
}

async function orConflict<R>(what: string, run: () => Promise<R>): Promise<R> {
  try {
    return await run();
  } catch (error) {
    throw isDuplicate(error) ? new ConflictError(what) : error;
  }
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}
