import type { PersonRef } from '../domain/ids';
import { personKey } from '../domain/ids';
import type { HuntQuery } from '../domain/query';
import type { Find } from '../ports/stores';
import { tacticText } from '../views/wording';

/** The input of `queryFilterFields`. */
export interface QueryFilter {
  search?: string | undefined;
  tactic?: string[] | undefined;
  technique?: string[] | undefined;
  table?: string | undefined;
  solution?: string | undefined;
  source?: 'built-in' | 'custom' | 'content' | undefined;
  author?: string | undefined;
  favourites?: boolean | undefined;
  mine?: boolean | undefined;
  results?: boolean | undefined;
}

/** The library's queries that pass all of the filters; hunts' clones and deleted queries never do. */
export function queryFind(filter: QueryFilter, person: PersonRef): Pick<Find<HuntQuery>, 'where' | 'search'> {
  const where: NonNullable<Find<HuntQuery>['where']> = { hunt: { missing: true }, deletedAt: { missing: true } };
  if (filter.tactic) where.tactics = { oneOf: filter.tactic };
  if (filter.technique) where.techniques = { under: filter.technique };
  if (filter.table) where.dataTypes = { under: [filter.table] };
  if (filter.solution) where.solution = { under: [filter.solution] };
  if (filter.source) where.origin = { is: filter.source };
  if (filter.author) where.author = { contains: filter.author };
  if (filter.favourites) where.favourites = { is: personKey(person) };
  if (filter.mine) where.createdByKey = { is: personKey(person) };
  if (filter.results) where.resultCount = { least: 1 };
  if (!filter.search) return { where };
  return { where, search: { fields: ['name', 'description', 'text', 'id', 'techniques'], words: filter.search } };
}

/** The filters as a button carries them to the next page, or to another command with the same fields; empty where nothing is left out. */
export function filterArgs(filter: QueryFilter): Record<string, string | string[]> {
  const args: Record<string, string | string[]> = {};
  for (const name of ['search', 'tactic', 'technique', 'table', 'solution', 'source', 'author'] as const) {
    const value = filter[name];
    if (value !== undefined) args[name] = value;
  }
  for (const name of ['favourites', 'mine', 'results'] as const) if (filter[name]) args[name] = 'yes';
  return args;
}

/** The filters in words, such as `“spray”, Credential Access, table SigninLogs`; empty where nothing is left out. */
export function filterText(filter: QueryFilter): string {
  const parts = [
    filter.search && `“${filter.search}”`,
    filter.tactic?.map(tacticText).join(' or '),
    filter.technique?.join(' or '),
    filter.table && `table ${filter.table}`,
    filter.solution && `solution ${filter.solution}`,
    filter.source &&
      { 'built-in': 'comes with Talbot', custom: 'written here', content: 'from solutions' }[filter.source],
    filter.author && `author ${filter.author}`,
    filter.favourites && 'my favourites',
    filter.mine && 'written by me',
    filter.results && 'with results',
  ];
  return parts.filter((part) => part).join(', ');
}

/** What is missing comes last; equals go by key. */
export const querySorts = {
  key: [{ field: 'number', direction: 'up' }],
  newest: [{ field: 'number', direction: 'down' }],
  name: [{ field: 'name', direction: 'up' }],
  tactic: [
    { field: 'tacticPlace', direction: 'down' },
    { field: 'number', direction: 'up' },
  ],
  changed: [{ field: 'updatedAt', direction: 'down' }],
  run: [{ field: 'lastRunAt', direction: 'down' }],
  results: [
    { field: 'resultCount', direction: 'down' },
    { field: 'number', direction: 'up' },
  ],
  delta: [
    { field: 'resultChange', direction: 'down' },
    { field: 'resultCount', direction: 'down' },
    { field: 'number', direction: 'up' },
  ],
} satisfies Record<string, NonNullable<Find<HuntQuery>['sort']>>;
