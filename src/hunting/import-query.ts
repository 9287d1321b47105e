import type { HuntingQueryContent } from '../content/read-hunting-query';
import { textHash } from '../content/text-hash';
import type { ContentImport, ImportLine } from '../domain/content-import';
import type { HuntQuery, QueryCheck } from '../domain/query';
import { ConflictError } from '../errors';
import type { Stores } from '../ports/stores';
import { queryFieldsOf } from './plan-solution';
import { queryColumns } from './query-columns';
import { changedHere, queryContentHash } from './query-content-hash';
import { type SaveQueryDeps, saveQuery } from './save-query';

/** The library's queries by the id of their content, and by the hash of their text. */
export interface KnownQueries {
  byContent: Map<string, string>;
  byText: Map<string, { key: string; name: string }>;
}

export interface ImportQueryDeps extends SaveQueryDeps {
  stores: Pick<Stores, 'queries' | 'queryRevisions' | 'next'>;
  job: Pick<ContentImport, 'createdAt' | 'requestedBy'>;
  known: KnownQueries;
  check(text: string): Promise<QueryCheck | undefined>;
  tables(text: string): string[];
}

type Outcome = Pick<ImportLine, 'outcome' | 'key' | 'why' | 'cannotRun'>;

export async function knownQueries(stores: Pick<Stores, 'queries'>): Promise<KnownQueries> {
  const all = await stores.queries.pick(['id', 'name', 'contentId', 'textHash', 'deletedAt'], {
    where: { hunt: { missing: true } },
    sort: [{ field: 'number', direction: 'up' }],
    limit: 1_000_000,
  });
  const known: KnownQueries = { byContent: new Map(), byText: new Map() };
  for (const { id, name, contentId, textHash: hash, deletedAt } of all) {
    if (contentId) known.byContent.set(contentId, id);
    if (hash && !deletedAt && !known.byText.has(hash)) known.byText.set(hash, { key: id, name });
  }
  return known;
}

/**
 * Brings one query into the library, or says why not. What was changed or deleted here stays. Done again by the same import after it
 * was cut off, it says the same.
 */
export async function importQuery(
  deps: ImportQueryDeps,
  content: HuntingQueryContent,
  place: { solution: string; author: string },
): Promise<Outcome> {
  const { stores, known } = deps;
  const key = known.byContent.get(content.id);
  const stored = key === undefined ? null : await stores.queries.get(key);
  if (stored) return updateQuery(deps, stored, content, place);
  const hash = textHash(content.query);
  const twin = known.byText.get(hash);
  if (twin) return said('duplicate', twin.key, `has the text of ${twin.key} ${twin.name}`);
  const check = await deps.check(content.query);
  const number = await stores.next('query');
  const now = deps.clock.now();
  const fields = queryFieldsOf(content);
  try {
    const query = await stores.queries.insert({
      id: `Q-${number}`,
      number,
      origin: 'content',
      contentId: content.id,
      ...fields,
      dataTypes: fields.dataTypes.length > 0 ? fields.dataTypes : deps.tables(content.query),
      solution: place.solution,
      ...(place.author === '' ? {} : { author: place.author }),
      contentVersion: content.version,
      contentHash: queryContentHash(fields),
      ...queryColumns(fields),
      ...(check ? { check } : {}),
      createdBy: deps.job.requestedBy,
      createdAt: now,
      updatedAt: now,
    });
    known.byContent.set(content.id, query.id);
    known.byText.set(hash, { key: query.id, name: query.name });
    return said('added', query.id, '', check);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Another start of this import, or an installation, was quicker.
    const [first] = await stores.queries.find({ where: { contentId: { is: content.id } }, limit: 1 });
    if (!first) throw error;
    return updateQuery(deps, first, content, place);
  }
}

async function updateQuery(
  deps: ImportQueryDeps,
  stored: HuntQuery,
  content: HuntingQueryContent,
  place: { solution: string; author: string },
): Promise<Outcome> {
  const fields = queryFieldsOf(content);
  const hash = queryContentHash(fields);
  const same = stored.contentHash === hash || queryContentHash(stored) === hash;
  if (stored.solution !== place.solution) {
    const owner = stored.origin === 'built-in' ? 'comes with Talbot' : `is of solution ${stored.solution ?? 'none'}`;
    return said(
      'duplicate',
      stored.id,
      `has the id of ${stored.id}, which ${owner}${same ? '' : ', with other words'}`,
    );
  }
  if (stored.deletedAt) return said('kept', stored.id, `was deleted here: “query restore ${stored.id}” brings it back`);
  if (changedHere(stored))
    return said(
      'kept',
      stored.id,
      same ? 'was changed here' : 'was changed here; the file has changed too',
      stored.check,
    );
  if (same) {
    const mine = (at: Date) => at >= deps.job.createdAt;
    const outcome = mine(stored.createdAt) ? 'added' : mine(stored.updatedAt) ? 'updated' : 'unchanged';
    return said(outcome, stored.id, '', stored.check);
  }
  const check = await deps.check(content.query);
  let kept = false;
  await saveQuery(deps, stored.id, {
    by: deps.job.requestedBy,
    action: 'updated by an import',
    apply(current) {
      kept = current.deletedAt !== undefined || changedHere(current);
      if (kept) return null;
      const { check: _before, ...rest } = current;
      return {
        ...rest,
        ...fields,
        dataTypes: fields.dataTypes.length > 0 ? fields.dataTypes : deps.tables(content.query),
        contentVersion: content.version,
        contentHash: hash,
        ...(check ? { check } : {}),
      };
    },
  });
  return kept ? said('kept', stored.id, 'was changed here in this moment') : said('updated', stored.id, '', check);
}

function said(outcome: ImportLine['outcome'], key: string, why: string, check?: QueryCheck): Outcome {
  return { outcome, key, why, cannotRun: check && !check.ok ? (check.message ?? 'it is refused') : '' };
}
