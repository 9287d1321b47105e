import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { ThreadRefShape } from './thread';

/** A hunt's queries run again at set times; only rows that are new against the earlier times are told. Id is `Z-1`. */
export const RehuntSchedule = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string(),
  /** As it was typed: `daily 08:00 Europe/Zurich`. */
  words: z.string(),
  pattern: z.string(),
  timeZone: z.string(),
  /** How far back each time looks. */
  sinceMilliseconds: z.number().int(),
  /** Keys of the queries, empty for all of the hunt. */
  queries: z.array(z.string()),
  /** Columns that make two rows the same, by query; missing: inferred. */
  keys: z.record(z.string(), z.array(z.string())),
  engine: z.string().optional(),
  /** Whose rights it runs with. */
  owner: PersonRef,
  state: z.enum(['active', 'stopped']),
  /** Why it stopped by itself. */
  stopped: z.string().optional(),
  lastRun: z.string().optional(),
  lastAt: z.date().optional(),
  lastNew: z.number().int().optional(),
  nextAt: z.date().optional(),
  /** Counts per time, the newest last: rows, and how many of them were new. At most 400. */
  history: z.array(z.object({ at: z.date(), rows: z.number().int(), fresh: z.number().int(), run: z.string() })),
  thread: ThreadRefShape,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type RehuntSchedule = z.infer<typeof RehuntSchedule>;

/** A row that a schedule has told or found at its beginning; id is `Z-1|Q-1|<hash of the key columns>`. */
export const KnownRow = z.object({
  ...documentBase,
  schedule: z.string(),
  query: z.string(),
  firstRun: z.string(),
  lastRun: z.string(),
  seenAt: z.date(),
});
export type KnownRow = z.infer<typeof KnownRow>;
