import { z } from 'zod';
import { EntityValue } from './bookmark';
import { documentBase, PersonRef } from './ids';
import { Severity } from './incident';
import { EntityMapping } from './query';
import { Delivery } from './run';
import { MessageRefShape, ThreadRefShape } from './thread';

export const TriggerOperator = z.enum(['GreaterThan', 'LessThan', 'Equal', 'NotEqual']);
export type TriggerOperator = z.infer<typeof TriggerOperator>;

/** How alerts of a rule come together in incidents: Sentinel's groupingConfiguration. */
export const IncidentGrouping = z.object({
  createIncident: z.boolean(),
  enabled: z.boolean(),
  reopenClosedIncident: z.boolean(),
  lookbackMilliseconds: z.number().int(),
  matchingMethod: z.enum(['AllEntities', 'AnyAlert', 'Selected']),
  groupByEntities: z.array(z.string()),
});
export type IncidentGrouping = z.infer<typeof IncidentGrouping>;

/** A query that runs on a schedule and raises alerts; Sentinel's kind `Scheduled`. */
export const AnalyticsRule = z.object({
  ...documentBase,
  number: z.number().int(),
  name: z.string(),
  description: z.string(),
  severity: Severity,
  text: z.string(),
  engine: z.string(),
  /** Query it was made from, with its hunt, or the template's id. */
  source: z.string().optional(),
  template: z.string().optional(),
  hunts: z.array(z.string()),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  entityMappings: z.array(EntityMapping),
  /** Sentinel's bounds: 5 minutes to 14 days; the period at least the frequency where it shall miss nothing. */
  frequencyMilliseconds: z.number().int(),
  periodMilliseconds: z.number().int(),
  triggerOperator: TriggerOperator,
  triggerThreshold: z.number().int(),
  aggregation: z.enum(['SingleAlert', 'AlertPerResult']),
  /** Absent: no suppression. */
  suppressionMilliseconds: z.number().int().optional(),
  grouping: IncidentGrouping,
  /** `draft` was never enabled. */
  state: z.enum(['draft', 'enabled', 'disabled']),
  /** The open approval of its enabling. */
  approval: z.string().optional(),
  /** Where its incidents are posted. */
  thread: ThreadRefShape.optional(),
  cards: z.array(MessageRefShape),
  /** End of the next window that is to be run, while it is enabled. */
  nextWindow: z.date().optional(),
  suppressedUntil: z.date().optional(),
  enabledAt: z.date().optional(),
  enabledBy: PersonRef.optional(),
  lastReplay: z.object({ days: z.number(), alerts: z.number().int(), at: z.date() }).optional(),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().optional(),
});
export type AnalyticsRule = z.infer<typeof AnalyticsRule>;

/** One window of an enabled rule; id is `A-1.<end in milliseconds>`, so that it is run at most once however many workers there are. */
export const RuleWindow = z.object({
  ...documentBase,
  rule: z.string(),
  /** The range that the query looks at, by the clock of queries. */
  from: z.date(),
  to: z.date(),
  /** When it was due. */
  dueAt: z.date(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  rows: z.number().int(),
  alerts: z.number().int(),
  incidents: z.array(z.object({ id: z.string(), isNew: z.boolean() })),
  entities: z.array(EntityValue),
  /** Run that keeps the rows, where there were alerts. */
  run: z.string().optional(),
  /** What went wrong, what was left out, or why it was not run. */
  note: z.string().optional(),
  /** Run after its time because nothing ran then. */
  late: z.boolean(),
  createdAt: z.date(),
  finishedAt: z.date().optional(),
  thread: ThreadRefShape,
  progress: Delivery,
  result: Delivery,
});
export type RuleWindow = z.infer<typeof RuleWindow>;

/** A rule as it would have run over the last days; id is `A-1.replay.<number>`. */
export const RuleReplay = z.object({
  ...documentBase,
  number: z.number().int(),
  rule: z.string(),
  /** The rule as it was then. */
  text: z.string(),
  frequencyMilliseconds: z.number().int(),
  periodMilliseconds: z.number().int(),
  days: z.number(),
  /** End of the last window, by the clock of queries. */
  to: z.date(),
  windows: z.number().int(),
  done: z.number().int(),
  /** Rows of each window that had some, by its end in milliseconds. */
  counts: z.array(z.object({ to: z.number(), rows: z.number().int() })),
  /** The values that most windows name, by entity type. */
  noisiest: z.array(z.object({ type: z.string(), value: z.string(), windows: z.number().int() })),
  entities: z.number().int(),
  /** Bookmarks of the rule's hunts whose rows or entities it would have raised. */
  bookmarks: z.array(z.string()),
  bookmarksLookedAt: z.number().int(),
  state: z.enum(['running', 'cancelling', 'cancelled', 'done', 'failed']),
  failure: z.string().optional(),
  requestedBy: PersonRef,
  createdAt: z.date(),
  finishedAt: z.date().optional(),
  thread: ThreadRefShape,
  progress: Delivery,
  result: Delivery,
});
export type RuleReplay = z.infer<typeof RuleReplay>;

/** The job that posts what a window raised: the same id however often it is asked for. */
export function windowResultJobId(window: string): string {
  return `${window}.result`;
}

/** The job that replays a rule. */
export function replayJobId(replay: string): string {
  return `${replay}.run`;
}

const comparisons: Record<TriggerOperator, (rows: number, threshold: number) => boolean> = {
  GreaterThan: (rows, threshold) => rows > threshold,
  LessThan: (rows, threshold) => rows < threshold,
  Equal: (rows, threshold) => rows === threshold,
  NotEqual: (rows, threshold) => rows !== threshold,
};

export function triggers(
  rule: Pick<AnalyticsRule, 'triggerOperator' | 'triggerThreshold'>,
  rows: number,
  threshold = rule.triggerThreshold,
): boolean {
  return comparisons[rule.triggerOperator](rows, threshold);
}
