import { z } from 'zod';
import { documentBase, PersonRef } from './ids';

export const EntityMapping = z.object({
  entityType: z.string(),
  fieldMappings: z.array(z.object({ identifier: z.string(), columnName: z.string() })),
});
export type EntityMapping = z.infer<typeof EntityMapping>;

/** A hunting query: of the library (`Q-7`), or a hunt's own clone of it (`H-1/Q-7`), which changes alone. */
export const HuntQuery = z.object({
  ...documentBase,
  number: z.number().int(),
  /** The hunt that owns this clone. */
  hunt: z.string().optional(),
  /** `built-in` queries come with Talbot and are cloned, not edited. */
  origin: z.enum(['built-in', 'custom', 'clone']),
  /** The key it was cloned from. */
  source: z.string().optional(),
  /** GUID of the content it was read from: held by the library's original alone. */
  contentId: z.string().optional(),
  name: z.string(),
  description: z.string(),
  text: z.string(),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  dataTypes: z.array(z.string()),
  entityMappings: z.array(EntityMapping),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().optional(),
});
export type HuntQuery = z.infer<typeof HuntQuery>;
