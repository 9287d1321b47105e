import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

/** So much of a metric in each period: `two validated hypotheses a month`. Id is `G-1`. */
export const Goal = z.object({
  ...documentBase,
  number: z.number().int(),
  /** Name of the metric, as `src/domain/metrics.ts` has it. */
  metric: z.string(),
  target: z.number(),
  period: z.enum(['week', 'month', 'quarter']),
  createdBy: PersonRef,
  createdAt: z.date(),
});
export type Goal = z.infer<typeof Goal>;
