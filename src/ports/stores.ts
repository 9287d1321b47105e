import type { AnalyticsRule, RuleReplay, RuleWindow } from '../domain/analytics-rule';
import type { Approval } from '../domain/approval';
import type { AuditEntry } from '../domain/audit-entry';
import type { Bookmark } from '../domain/bookmark';
import type { Comment } from '../domain/comment';
import type { ContentImport } from '../domain/content-import';
import type { Parser, PlaybookTemplate, RuleTemplate, Watchlist } from '../domain/content-item';
import type { Entity } from '../domain/entity';
import type { Hunt } from '../domain/hunt';
import type { HuntChange } from '../domain/hunt-change';
import type { Incident } from '../domain/incident';
import type { Indicator } from '../domain/indicator';
import type { LocalMessage } from '../domain/local-message';
import type { PersonLink } from '../domain/person-link';
import type { Picture } from '../domain/picture';
import type { PlaybookRun } from '../domain/playbook';
import type { HuntQuery } from '../domain/query';
import type { QueryRevision } from '../domain/query-revision';
import type { RoleGrant } from '../domain/role';
import type { Run } from '../domain/run';
import type { Solution } from '../domain/solution';
import type { StoredFile } from '../domain/stored-file';
import type { Sweep } from '../domain/sweep';
import type { Tab } from '../domain/tab';
import type { Cell } from './query-engine';

export interface Stored {
  id: string;
  version: number;
}

type Scalar = string | number | boolean | Date;

/** Conditions by top-level field, all of which must hold. On an array field `is`, `oneOf` and `contains` look at its members. */
export type Condition =
  | { is: Scalar }
  | { oneOf: Scalar[] }
  /** One of these in any case, or one of them with a dot and more behind it: `T1110` finds `T1110.003`. */
  | { under: string[] }
  /** The field is missing. */
  | { missing: true }
  | { least?: Scalar; below?: Scalar }
  /** Case-insensitive substring; nothing in the text is special. */
  | { contains: string };

export interface Find<T> {
  where?: Partial<Record<keyof T & string, Condition>>;
  /** Each of the words is in at least one of the fields, case ignored. */
  search?: { fields: (keyof T & string)[]; words: string };
  sort?: { field: keyof T & string; direction: 'up' | 'down' }[];
  skip?: number;
  /** At most this many; default 100. */
  limit?: number;
}

/** Documents are checked against their zod schema on the way in and out; dates stay dates. */
export interface Collection<T extends Stored> {
  /** Version becomes 1. Rejects with ConflictError where the id, or a unique field, is taken. */
  insert(document: Omit<T, 'version'>): Promise<T>;
  get(id: string): Promise<T | null>;
  find(query?: Find<T>): Promise<T[]>;
  /** As `find`, with some of the fields alone: for a look at thousands of documents at once. */
  pick<F extends keyof T & string>(fields: readonly F[], query?: Find<T>): Promise<Pick<T, F>[]>;
  count(query?: Pick<Find<T>, 'where' | 'search'>): Promise<number>;
  /** How many of what is found hold each value of fields of text or texts, the most frequent first; what lacks a field is not counted in it. */
  tally<F extends keyof T & string>(
    fields: readonly F[],
    query?: Pick<Find<T>, 'where' | 'search'>,
  ): Promise<Record<F, { value: string; count: number }[]>>;
  /** Writes where the stored version is still `document.version`, and resolves to the next version; else ConflictError. */
  update(document: T): Promise<T>;
  /** Resolves to whether there was one. */
  remove(id: string): Promise<boolean>;
  removeWhere(where: NonNullable<Find<T>['where']>): Promise<number>;
}

/** Result rows by run and query, in pages, so that a result larger than a document, or than memory, is kept whole. */
export interface ResultPages {
  /** `page` counts from 0; writing the same page again replaces it. */
  put(key: ResultKey, page: number, rows: Cell[][]): Promise<void>;
  /** In page order, without holding all of them. */
  read(key: ResultKey, fromRow?: number): AsyncIterable<Cell[][]>;
  /** Rows from `offset` (0-based), at most `limit`. */
  slice(key: ResultKey, offset: number, limit: number): Promise<Cell[][]>;
  /** Pages of one run, of all its queries and attempts. */
  removeRun(run: string): Promise<void>;
}

export interface ResultKey {
  run: string;
  query: string;
  /** Each try of a query writes its own pages, so that a killed worker's half never mixes with a whole one. */
  attempt: number;
}

/** An event that was handled; kept for a day against redelivery. */
export interface SeenEvent extends Stored {
  at: Date;
}

/** Small facts of the installation, such as the key that signs links. */
export interface Setting extends Stored {
  value: string;
}

export interface Stores {
  hunts: Collection<Hunt>;
  queries: Collection<HuntQuery>;
  runs: Collection<Run>;
  bookmarks: Collection<Bookmark>;
  entities: Collection<Entity>;
  comments: Collection<Comment>;
  queryRevisions: Collection<QueryRevision>;
  sweeps: Collection<Sweep>;
  imports: Collection<ContentImport>;
  solutions: Collection<Solution>;
  ruleTemplates: Collection<RuleTemplate>;
  parsers: Collection<Parser>;
  watchlists: Collection<Watchlist>;
  playbookTemplates: Collection<PlaybookTemplate>;
  changes: Collection<HuntChange>;
  tabs: Collection<Tab>;
  files: Collection<StoredFile>;
  incidents: Collection<Incident>;
  indicators: Collection<Indicator>;
  rules: Collection<AnalyticsRule>;
  ruleReplays: Collection<RuleReplay>;
  ruleWindows: Collection<RuleWindow>;
  playbookRuns: Collection<PlaybookRun>;
  approvals: Collection<Approval>;
  personLinks: Collection<PersonLink>;
  roles: Collection<RoleGrant>;
  audit: Collection<AuditEntry>;
  seen: Collection<SeenEvent>;
  settings: Collection<Setting>;
  localMessages: Collection<LocalMessage>;
  pictures: Collection<Picture>;
  results: ResultPages;
  /** The next number of a counter, from 1, without gaps under concurrency being promised, never twice the same. */
  next(counter: string): Promise<number>;
  close(): Promise<void>;
}
