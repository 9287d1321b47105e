import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { Column } from './run';

/** Entity type, identifier and the value found in the rows. Values of one `group` name the same thing: `Name` and `UPNSuffix` of one row. */
export const EntityValue = z.object({
  type: z.string(),
  identifier: z.string(),
  value: z.string(),
  group: z.number().int().optional(),
});
export type EntityValue = z.infer<typeof EntityValue>;

/** Rows kept as they were, with what it takes to run their query again. */
export const Bookmark = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string(),
  name: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  run: z.string(),
  query: z.object({ id: z.string(), name: z.string(), text: z.string() }),
  engine: z.string(),
  from: z.date(),
  to: z.date(),
  asOf: z.date(),
  columns: z.array(Column),
  /** Row numbers in the run's result, from 1. */
  rowNumbers: z.array(z.number().int()),
  /** Rows as JSON, in the port's cell format. */
  rows: z.array(z.array(z.json())),
  /** SHA-256 of the canonical JSON of columns and rows. */
  hash: z.string(),
  timeColumn: z.string().optional(),
  eventTime: z.date().optional(),
  entities: z.array(EntityValue),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  /** Incidents it was made part of. */
  incidents: z.array(z.string()).optional(),
  deletedAt: z.date().optional(),
});
export type Bookmark = z.infer<typeof Bookmark>;
