import type { Document, Filter } from 'mongodb';
import type { Condition } from '../../ports/stores';
import { type CollectionPlan, knownField, searchWords } from '../collections';
import { encodeText } from '../encoding';

interface Query {
  where?: Record<string, Condition | undefined> | undefined;
  search?: { fields: string[]; words: string } | undefined;
}

/** Documents as MongoDB keeps them. */
export type MongoDocument = Document & { _id: string };

/** A filter without operators from outside: values are only ever compared with, and field names come from the schema. */
export function mongoFilter(name: string, plan: CollectionPlan, query: Query): Filter<MongoDocument> {
  const conditions = Object.entries(query.where ?? {}).flatMap(([field, condition]) =>
    condition === undefined ? [] : [{ [pathOf(name, plan, field)]: conditionFilter(condition) }],
  );
  if (!query.search) return conditions.length === 0 ? {} : { $and: conditions };

  const words = searchWords(query.search.words);
  const anyField = query.search.fields.map((field) => {
    const path = pathOf(name, plan, field);
    return words.length === 0 ? {} : { $and: words.map((word) => ({ [path]: containing(word) })) };
  });
  return { $and: [...conditions, anyField.length === 0 ? nothing : { $or: anyField }] };
}

export function pathOf(name: string, plan: CollectionPlan, field: string): string {
  const known = knownField(name, plan, field).field;
  return known === 'id' ? '_id' : known;
}

const nothing = { _id: { $in: [] } };

function conditionFilter(condition: Condition): Document {
  if ('is' in condition) return { $eq: encodeScalar(condition.is) };
  if ('oneOf' in condition) return { $in: condition.oneOf.map(encodeScalar) };
  if ('missing' in condition) return { $exists: false };
  if ('contains' in condition) return containing(condition.contains);
  return {
    ...(condition.least === undefined ? {} : { $gte: encodeScalar(condition.least) }),
    ...(condition.below === undefined ? {} : { $lt: encodeScalar(condition.below) }),
  };
}

function containing(text: string): Document {
  return { $regex: encodeText(text).replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), $options: 'i' };
}

function encodeScalar(value: string | number | boolean | Date): string | number | boolean | Date {
  return typeof value === 'string' ? encodeText(value) : value;
}
