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

  const paths = query.search.fields.map((field) => pathOf(name, plan, field));
  const words = searchWords(query.search.words).map((word) =>
    paths.length === 0 ? nothing : { $or: paths.map((path) => ({ [path]: containing(word) })) },
  );
  const all = [...conditions, ...words];
  return all.length === 0 ? {} : { $and: all };
}

export function pathOf(name: string, plan: CollectionPlan, field: string): string {
  const known = knownField(name, plan, field).field;
  return known === 'id' ? '_id' : known;
}

const nothing = { _id: { $in: [] } };

function conditionFilter(condition: Condition): Document {
  if ('is' in condition) return { $eq: encodeScalar(condition.is) };
  if ('oneOf' in condition) return { $in: condition.oneOf.map(encodeScalar) };
  if ('under' in condition) return condition.under.length === 0 ? { $in: [] } : under(condition.under);
  if ('missing' in condition) return { $exists: false };
  if ('contains' in condition) return containing(condition.contains);
  return {
    ...(condition.least === undefined ? {} : { $gte: encodeScalar(condition.least) }),
    ...(condition.below === undefined ? {} : { $lt: encodeScalar(condition.below) }),
  };
}

function containing(text: string): Document {
  return { $regex: literal(text), $options: 'i' };
}

function under(heads: string[]): Document {
  return { $regex: `^(?:${heads.map(literal).join('|')})(?:\\.|$)`, $options: 'i' };
}

function literal(text: string): string {
  return encodeText(text).replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function encodeScalar(value: string | number | boolean | Date): string | number | boolean | Date {
  return typeof value === 'string' ? encodeText(value) : value;
}
