import { z } from 'zod';
import { documentBase } from './ids';

/** A drawing that cards show. The id is a hash of the PNG, so that equal drawings are kept once. */
export const Picture = z.object({
  ...documentBase,
  /** Base64; at most 1 MB before that. */
  png: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** When a card last asked for it: it is cleared away some time after. */
  drawnAt: z.date(),
});
export type Picture = z.infer<typeof Picture>;
