import { contentHash } from '../content/text-hash';
import type { HuntQuery } from '../domain/query';

type Written = Pick<HuntQuery, 'name' | 'description' | 'text' | 'tactics' | 'techniques' | 'entityMappings'>;

/** Of all that people write in a query: what an installer keeps as `contentHash`. */
export function queryContentHash(query: Written): string {
  const { name, description, text, tactics, techniques, entityMappings } = query;
  return contentHash({ name, description, text, tactics, techniques, entityMappings });
}

/** True for content of a solution or an import that somebody changed after it was installed. */
export function changedHere(query: Written & Pick<HuntQuery, 'contentHash'>): boolean {
  return query.contentHash !== undefined && query.contentHash !== queryContentHash(query);
}
