import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { Delivery } from './run';
import { ThreadRefShape } from './thread';

/** One run of the library, or of a filtered part, that counts what each query finds. What it counted stands on the queries. */
export const Sweep = z.object({
  ...documentBase,
  number: z.number().int(),
  engine: z.string(),
  from: z.date(),
  to: z.date(),
  asOf: z.date(),
  /** True where someone set the clock: the card says so. */
  asOfGiven: z.boolean(),
  /** How the library was filtered, in words; empty for all of it. */
  filter: z.string(),
  /** Keys of the queries, in order. */
  queries: z.array(z.string()),
  state: z.enum(['running', 'cancelling', 'cancelled', 'done']),
  requestedBy: PersonRef,
  cancelledBy: PersonRef.optional(),
  createdAt: z.date(),
  finishedAt: z.date().optional(),
  thread: ThreadRefShape,
  progress: Delivery,
  result: Delivery,
});
export type Sweep = z.infer<typeof Sweep>;

/** How far a sweep is: how many of its queries have an answer, and which. */
export interface SweepCounts {
  total: number;
  done: number;
  /** With at least one row. */
  found: number;
  /** Their table is not here. */
  missing: number;
  failed: number;
}

/** The job that counts one query of a sweep. */
export function sweepJobId(sweep: string, query: string): string {
  return `${sweep}.${query}`;
}

/** The job that posts what a sweep found: the same id however often it is asked for. */
export function sweepResultJobId(sweep: string): string {
  return `${sweep}.result`;
}
