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
