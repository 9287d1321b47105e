import { z } from 'zod';
import { AnalyticsRule, RuleReplay, RuleWindow } from '../domain/analytics-rule';
import { Approval } from '../domain/approval';
import { AuditEntry } from '../domain/audit-entry';
import { Bookmark } from '../domain/bookmark';
import { Comment } from '../domain/comment';
import { ContentImport } from '../domain/content-import';
import { Parser, PlaybookTemplate, RuleTemplate, Watchlist } from '../domain/content-item';
import { Entity } from '../domain/entity';
import { Hunt } from '../domain/hunt';
import { HuntChange } from '../domain/hunt-change';
import { documentBase } from '../domain/ids';
import { Incident } from '../domain/incident';
import { Indicator } from '../domain/indicator';
import { LocalMessage } from '../domain/local-message';
import { PersonLink } from '../domain/person-link';
import { Picture } from '../domain/picture';
import { PlaybookRun } from '../domain/playbook';
import { HuntQuery } from '../domain/query';
import { QueryRevision } from '../domain/query-revision';
import { RoleGrant } from '../domain/role';
import { Run } from '../domain/run';
import { Solution } from '../domain/solution';
import { StoredFile } from '../domain/stored-file';
import { Sweep } from '../domain/sweep';
import { Tab } from '../domain/tab';

const SeenEvent = z.object({ ...documentBase, at: z.date() });
const Setting = z.object({ ...documentBase, value: z.string() });

export interface CollectionPlan<S extends z.ZodObject = z.ZodObject> {
  schema: S;
  /** Each entry is one index over its fields, in that order. */
  indexes: (keyof z.infer<S> & string)[][];
  /** String fields of which no two documents may hold the same value; where the field is missing there is nothing to share. */
  unique: (keyof z.infer<S> & string)[];
  /** Fields that hold any JSON: kept exactly, to the order of keys, and closed to conditions. */
  free: (keyof z.infer<S> & string)[];
  /** Fields of long text, which conditions on others shall not have to read past. */
  long: (keyof z.infer<S> & string)[];
  /** Fields whose words are kept together, so that a search in just these reads one text per document. */
  searched: (keyof z.infer<S> & string)[];
}

function plan<S extends z.ZodObject>(
  schema: S,
  indexes: (keyof z.infer<S> & string)[][] = [],
  more: Partial<Omit<CollectionPlan<S>, 'schema' | 'indexes'>> = {},
): CollectionPlan<S> {
  return { schema, indexes, unique: [], free: [], long: [], searched: [], ...more };
}

/** Everything that is stored as documents, for both stores. A new index here is built at the next start. */
export const collectionPlans = {
  hunts: plan(Hunt, [['threadKeys'], ['number']], {
    unique: ['idea'],
    long: ['description'],
    searched: ['name', 'description', 'id'],
  }),
  queries: plan(HuntQuery, [['hunt'], ['number'], ['source'], ['solution'], ['textHash'], ['resultSweep']], {
    unique: ['contentId'],
    long: ['text', 'description'],
    searched: ['name', 'description', 'text', 'id', 'techniques'],
  }),
  runs: plan(Run, [['hunt'], ['state'], ['number'], ['createdAt'], ['finishedAt']]),
  bookmarks: plan(Bookmark, [['hunt'], ['run'], ['number']], { free: ['rows'] }),
  entities: plan(Entity, [['hunts'], ['keys'], ['bookmarks'], ['key'], ['number']], {
    unique: ['key'],
    searched: ['name', 'id'],
  }),
  comments: plan(Comment, [['hunt', 'number'], ['messageKey'], ['mirror'], ['number']], { unique: ['messageKey'] }),
  queryRevisions: plan(QueryRevision, [['query', 'number']]),
  sweeps: plan(Sweep, [['number'], ['state'], ['createdAt']]),
  imports: plan(ContentImport, [['number'], ['state']]),
  solutions: plan(Solution),
  ruleTemplates: plan(RuleTemplate, [['solution'], ['textHash']], { unique: ['contentId'] }),
  parsers: plan(Parser, [['solution']], { unique: ['functionName'] }),
  watchlists: plan(Watchlist, [['solution']], { unique: ['alias'], free: ['rows'] }),
  playbookTemplates: plan(PlaybookTemplate, [['solution']], { unique: ['contentId'] }),
  changes: plan(HuntChange, [['hunt', 'at'], ['at']]),
  tabs: plan(Tab, [['hunt', 'lastRunAt'], ['key'], ['run'], ['number']], {
    unique: ['key'],
    long: ['text'],
    searched: ['name', 'text', 'id'],
  }),
  files: plan(StoredFile, [['createdAt']]),
  incidents: plan(Incident, [['hunts'], ['bookmarks'], ['rule'], ['threadKeys'], ['number']], {
    unique: ['firstAlert'],
    long: ['description'],
    searched: ['title', 'description', 'id'],
  }),
  indicators: plan(Indicator, [['hunts'], ['entity'], ['number']], {
    unique: ['key'],
    searched: ['value', 'name', 'description', 'id'],
  }),
  rules: plan(AnalyticsRule, [['hunts'], ['state'], ['number']], {
    long: ['text', 'description'],
    searched: ['name', 'description', 'id'],
  }),
  ruleReplays: plan(RuleReplay, [['rule', 'number'], ['state']], { long: ['text'] }),
  ruleWindows: plan(RuleWindow, [['rule', 'to'], ['state'], ['createdAt']]),
  playbookRuns: plan(PlaybookRun, [['target'], ['state'], ['number'], ['hunts']]),
  approvals: plan(Approval, [['state', 'expiresAt'], ['subject'], ['number']]),
  personLinks: plan(PersonLink, [['people'], ['codeHash']]),
  roles: plan(RoleGrant),
  audit: plan(AuditEntry, [['at'], ['hunt']]),
  seen: plan(SeenEvent, [['at']]),
  settings: plan(Setting),
  localMessages: plan(LocalMessage, [['channel', 'number'], ['number'], ['root'], ['key']], { free: ['card'] }),
  pictures: plan(Picture, [['drawnAt']], { free: ['png'] }),
} as const;

/**
 * Raised when the stored shape changes in a way that an older program would misread. A program that meets a higher number than
 * its own refuses to start.
 */
export const storeVersion = 1;

export interface KnownField {
  field: string;
  kind: 'list' | 'text' | 'plain';
  long: boolean;
}

/** The schema's field, so that no other name ever reaches a database; throws on any other. */
export function knownField(name: string, plan: CollectionPlan, field: string): KnownField {
  if (!Object.hasOwn(plan.schema.shape, field)) throw new Error(`${name} has no field ${JSON.stringify(field)}`);
  if (isFree(plan, field)) throw new Error(`${name}.${field} cannot be looked into`);
  const long = plan.long.some((one) => one === field);
  let shape: unknown = plan.schema.shape[field];
  while (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable) shape = shape.unwrap();
  if (shape instanceof z.ZodArray) return { field, kind: 'list', long };
  return { field, kind: shape instanceof z.ZodString || shape instanceof z.ZodEnum ? 'text' : 'plain', long };
}

/** The plan of a document that has these fields alone; throws on a field that the schema lacks. */
export function planOf(name: string, plan: CollectionPlan, fields: readonly string[]): CollectionPlan {
  const missing = fields.find((field) => !Object.hasOwn(plan.schema.shape, field));
  if (missing !== undefined) throw new Error(`${name} has no field ${JSON.stringify(missing)}`);
  return { ...plan, schema: z.object(Object.fromEntries(fields.map((field) => [field, plan.schema.shape[field]]))) };
}

export function isFree(plan: CollectionPlan, field: string): boolean {
  return plan.free.some((free) => free === field);
}

/** Parses with the plan's schema; the error names the document, never its contents. */
export function parseDocument<S extends z.ZodObject>(
  name: string,
  plan: CollectionPlan<S>,
  id: string,
  value: unknown,
): z.infer<S> {
  const parsed = plan.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 5);
  throw new Error(`${name} ${id} does not fit its schema: ${faults.join('; ')}`);
}

/** The words of a search, at most ten: further ones would only cost. */
export function searchWords(text: string): string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 10);
}
