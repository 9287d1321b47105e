import type { SolutionContent } from '../content/read-solution';
import { contentHash, textHash } from '../content/text-hash';
import type { PersonRef } from '../domain/ids';
import type { ContentKind } from '../domain/solution';
import type { Collection, Stored, Stores } from '../ports/stores';
import { change } from './change';

/** What of a solution is kept beside its hunting queries, ready to be compared and written. */
export interface SolutionPart {
  kind: Exclude<ContentKind, 'hunting-query'>;
  /** Of its document. */
  id: string;
  contentId: string;
  name: string;
  hash: string;
  stored(): Promise<{ solution?: string | undefined; contentHash: string; installedAt: Date; updatedAt: Date } | null>;
  write(): Promise<void>;
}

interface Item extends Stored {
  contentId: string;
  name: string;
  solution?: string | undefined;
  contentHash: string;
  installedAt: Date;
  updatedAt: Date;
}

type Content = Pick<SolutionContent, 'slug' | 'author' | 'rules' | 'parsers' | 'watchlists' | 'playbooks'>;

/** Rule templates, parsers, watchlists and playbook templates of a solution, as they are to be stored by `by`. */
export function solutionParts(stores: Stores, content: Content, by: PersonRef, now: Date): SolutionPart[] {
  const { slug, author } = content;
  const shared = (one: { name: string; description: string; version: string }, contentId: string) => {
    const { source: _source, ...compared } = { source: '', ...one };
    return {
      version: 1,
      contentId,
      name: one.name,
      description: one.description,
      solution: slug,
      author,
      contentVersion: one.version,
      contentHash: contentHash(compared),
      installedBy: by,
      installedAt: now,
      updatedAt: now,
    };
  };
  return [
    ...content.rules.map((one) => {
      const { id, query: text, version: _version, source: _source, ...fields } = one;
      return part('rule-template', stores.ruleTemplates, {
        ...fields,
        ...shared(one, id),
        id,
        text,
        textHash: textHash(text),
      });
    }),
    ...content.parsers.map((one) => {
      const { functionName, parameters, body } = one;
      const document = { ...shared(one, one.id), id: functionName, functionName, parameters, body };
      return part('parser', stores.parsers, document);
    }),
    ...content.watchlists.map((one) => {
      const { alias, searchKey, columns, rows } = one;
      return part('watchlist', stores.watchlists, {
        ...shared(one, alias),
        id: alias,
        alias,
        searchKey,
        columns,
        rows,
      });
    }),
    ...content.playbooks.map((one) => {
      const { id, worksOn, text } = one;
      return part('playbook', stores.playbookTemplates, { ...shared(one, id), id, worksOn, text });
    }),
  ];
}

function part<T extends Item>(kind: SolutionPart['kind'], collection: Collection<T>, document: T): SolutionPart {
  const { id, contentId, name, contentHash: hash } = document;
  return {
    kind,
    id,
    contentId,
    name,
    hash,
    stored: () => collection.get(id),
    async write() {
      const before = await change(collection, id, (current) => ({
        ...document,
        version: current.version,
        installedAt: current.installedAt,
      }));
      if (!before) await collection.insert(document);
    },
  };
}

/** Removes a part that still belongs to the solution. */
export async function removePart(stores: Stores, kind: ContentKind, id: string, solution: string): Promise<void> {
  const collection = partStore(stores, kind);
  if (collection && (await collection.get(id))?.solution === solution) await collection.remove(id);
}

interface PartStore {
  get(id: string): Promise<{ solution?: string | undefined } | null>;
  remove(id: string): Promise<boolean>;
}

function partStore(stores: Stores, kind: ContentKind): PartStore | null {
  switch (kind) {
    case 'rule-template':
      return stores.ruleTemplates;
    case 'parser':
      return stores.parsers;
    case 'watchlist':
      return stores.watchlists;
    case 'playbook':
      return stores.playbookTemplates;
    case 'hunting-query':
      return null;
    default:
      return kind satisfies never;
  }
}
