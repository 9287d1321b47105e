import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { Delivery } from './run';
import { ThreadRefShape } from './thread';

/** What came of one piece of content, or of a file that gave none. */
export const ImportOutcome = z.enum(['added', 'updated', 'unchanged', 'kept', 'duplicate', 'left']);
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** One line of an import's report. `file` is the path inside of what was imported; `key` is what it became here. */
export interface ImportLine {
  file: string;
  /** Empty for a file that gave nothing. */
  kind: string;
  name: string;
  outcome: ImportOutcome;
  key: string;
  why: string;
  /** Why a query cannot run here; empty where it can, or was not asked. */
  cannotRun: string;
}

/** One import of a folder on the server, or of an attached file; id is `M-1`. Its report is kept as result pages under its id. */
export const ContentImport = z.object({
  ...documentBase,
  number: z.number().int(),
  /** The folder's path below the content folder, or the attached file's name. */
  name: z.string(),
  from: z.enum(['folder', 'attachment']),
  state: z.enum(['running', 'done', 'failed']),
  /** What a person can do about it, where it failed. */
  failure: z.string().optional(),
  step: z.enum(['reading', 'writing']),
  /** Of this step, and how many there are where that is known. */
  done: z.number().int(),
  total: z.number().int().optional(),
  /** Files looked at, once it is done. */
  files: z.number().int(),
  counts: z.record(ImportOutcome, z.number().int()),
  /** Queries and rules, new, changed or as before, that the default engine refuses. */
  cannotRun: z.number().int(),
  /** The most frequent reasons for what was left, and how often. */
  reasons: z.array(z.object({ why: z.string(), count: z.number().int() })),
  /** Hunts that somebody wrote down without a query: kept under `ideasKey` until they are taken into the backlog. */
  ideas: z.number().int().optional(),
  cancelledBy: PersonRef.optional(),
  /** Solutions that hold what was imported. */
  solutions: z.array(z.string()),
  requestedBy: PersonRef,
  createdAt: z.date(),
  finishedAt: z.date().optional(),
  /** When its report was cleared away. */
  purgedAt: z.date().optional(),
  thread: ThreadRefShape,
  progress: Delivery,
  result: Delivery,
  /** The report as a file in the thread. */
  report: Delivery,
});
export type ContentImport = z.infer<typeof ContentImport>;

/** Where an attachment's bytes are kept until it is imported. */
export function attachmentKey(id: string): { run: string; query: string; attempt: number } {
  return { run: `${id}.file`, query: 'file', attempt: 1 };
}

/** Where the ideas are kept, as JSON, one a row. */
export function ideasKey(id: string): { run: string; query: string; attempt: number } {
  return { run: id, query: 'ideas', attempt: 1 };
}

/** Where the report is kept. */
export function reportKey(id: string): { run: string; query: string; attempt: number } {
  return { run: id, query: 'report', attempt: 1 };
}

export function importJobId(id: string): string {
  return `${id}.import`;
}

export function importResultJobId(id: string): string {
  return `${id}.result`;
}
