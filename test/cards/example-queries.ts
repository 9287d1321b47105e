import { builtInQueries } from '../../src/content/built-in';
import type { HuntQuery } from '../../src/domain/query';
import { ada, daysAgo, hostile } from './example-people';

/** The library that comes with Talbot, as it stands in the store. */
export const library: HuntQuery[] = builtInQueries().map((query, index) => ({
  id: `Q-${index + 1}`,
  version: 1,
  number: index + 1,
  origin: 'built-in',
  contentId: query.id,
  name: query.name,
  description: query.description,
  text: query.query,
  tactics: query.tactics,
  techniques: query.techniques,
  dataTypes: query.dataTypes,
  entityMappings: query.entityMappings,
  createdBy: { platform: 'system', tenant: '', id: 'talbot', name: 'Talbot' },
  createdAt: daysAgo(9),
  updatedAt: daysAgo(9),
}));

function fromLibrary(words: string): HuntQuery {
  const found = library.find((query) => query.name.toLowerCase().includes(words));
  if (found === undefined) throw new Error(`The library has no query about “${words}” any more`);
  return found;
}

export const sprayQuery = fromLibrary('spray');
export const pushQuery = fromLibrary('refused push');
export const powershellQuery = fromLibrary('encoded powershell');
export const ruleQuery = fromLibrary('mailbox rule');
export const officeQuery = fromLibrary('office program');
export const ticketQuery = fromLibrary('weak encryption');

/** A hunt's own clone of a library query. */
export function cloneOf(query: HuntQuery, hunt = 'H-4'): HuntQuery {
  return { ...query, id: `${hunt}/${query.id}`, hunt, origin: 'clone', source: query.id, createdBy: ada };
}

export const ownQuery: HuntQuery = {
  ...sprayQuery,
  id: 'Q-31',
  number: 31,
  origin: 'custom',
  name: hostile,
  description: hostile,
  text: `SigninLogs\n| where UserAgent has "<script>alert(1)</script>" // ${'x'.repeat(200)}\n| take 10`,
  createdBy: ada,
};
