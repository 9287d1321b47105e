import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { EntityMapping } from './query';
import { MessageRefShape, ThreadRefShape } from './thread';

export const QueryState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type QueryState = z.infer<typeof QueryState>;

export const Column = z.object({ name: z.string(), type: z.string() });

/** One query of a run, with the text as it was then. */
export const RunQuery = z.object({
  /** `Q-7`, or `kql` for words typed in the thread. */
  id: z.string(),
  name: z.string(),
  text: z.string(),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  entityMappings: z.array(EntityMapping),
  state: QueryState,
  /** The try whose result pages count; an earlier try's pages are left behind by a killed worker. */
  attempt: z.number().int(),
  columns: z.array(Column),
  rows: z.number().int(),
  truncated: z.boolean(),
  notes: z.array(z.string()),
  /** The picture that the query asks for with `render`. */
  render: z.object({ chart: z.string(), properties: z.record(z.string(), z.string()) }).optional(),
  error: z
    .object({ code: z.string(), message: z.string(), line: z.number().optional(), column: z.number().optional() })
    .optional(),
  startedAt: z.date().optional(),
  finishedAt: z.date().optional(),
});
export type RunQuery = z.infer<typeof RunQuery>;

/** A message that must appear once: `sending` was written before the post, so that a second try knows to look first. */
export const Delivery = z.object({
  state: z.enum(['none', 'sending', 'sent']),
  message: MessageRefShape.optional(),
});

export const Run = z.object({
  ...documentBase,
  number: z.number().int(),
  hunt: z.string().optional(),
  /** The tab whose query it runs. */
  tab: z.string().optional(),
  engine: z.string(),
  from: z.date(),
  to: z.date(),
  asOf: z.date(),
  /** True where someone set the clock: the card says so. */
  asOfGiven: z.boolean(),
  queries: z.array(RunQuery),
  /** `done` also where some of the queries failed; `cancelled` once nothing runs any more. */
  state: z.enum(['running', 'cancelling', 'cancelled', 'done']),
  requestedBy: PersonRef,
  cancelledBy: PersonRef.optional(),
  createdAt: z.date(),
  finishedAt: z.date().optional(),
  /** When its rows were cleared away. */
  purgedAt: z.date().optional(),
  thread: ThreadRefShape,
  progress: Delivery,
  result: Delivery,
});
export type Run = z.infer<typeof Run>;

/** Nothing of the run waits or runs any more. */
export function isSettled(run: Run): boolean {
  return run.queries.every((query) => query.state !== 'waiting' && query.state !== 'running');
}

/** The job that runs one query of a run. */
export function queryJobId(run: string, query: string): string {
  return `${run}.${query}`;
}

/** The job that posts a run's result: the same id however often it is asked for. */
export function resultJobId(run: string): string {
  return `${run}.result`;
}
