import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { EntityMapping } from './query';

/** A query as it was before one change; id is `Q-7.3`: the third revision of Q-7. */
export const QueryRevision = z.object({
  ...documentBase,
  query: z.string(),
  number: z.number().int(),
  at: z.date(),
  by: PersonRef,
  /** What was done: `edited`, `updated by the solution`, `deleted`, `restored`. */
  action: z.string(),
  name: z.string(),
  description: z.string(),
  text: z.string(),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  entityMappings: z.array(EntityMapping),
});
export type QueryRevision = z.infer<typeof QueryRevision>;
