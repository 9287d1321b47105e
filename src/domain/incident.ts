import { z } from 'zod';
import { EntityValue } from './bookmark';
import { documentBase, PersonRef } from './ids';
import { MessageRefShape, ThreadRefShape } from './thread';

/** Microsoft Sentinel's words, so that an incident maps onto it one to one. */
export const IncidentStatus = z.enum(['New', 'Active', 'Closed']);
export const Severity = z.enum(['High', 'Medium', 'Low', 'Informational']);
export type Severity = z.infer<typeof Severity>;
export const Classification = z.enum(['Undetermined', 'TruePositive', 'BenignPositive', 'FalsePositive']);
export const ClassificationReason = z.enum([
  'SuspiciousActivity',
  'SuspiciousButExpected',
  'IncorrectAlertLogic',
  'InaccurateData',
]);

/** Sentinel's numbers for one incident. */
export const incidentLimits = {
  bookmarks: 20,
  alerts: 150,
  comments: 100,
  commentCharacters: 30_000,
  descriptionCharacters: 5000,
  tasks: 40,
} as const;

export const IncidentTask = z.object({
  id: z.string(),
  title: z.string(),
  done: z.boolean(),
  by: PersonRef.optional(),
  at: z.date().optional(),
});

/** What an analytics rule raised in one window. */
export const IncidentAlert = z.object({
  id: z.string(),
  rule: z.string(),
  name: z.string(),
  severity: Severity,
  at: z.date(),
  from: z.date(),
  to: z.date(),
  rows: z.number().int(),
  entities: z.array(EntityValue),
  /** Run that keeps the rows. */
  run: z.string().optional(),
});
export type IncidentAlert = z.infer<typeof IncidentAlert>;

export const Incident = z.object({
  ...documentBase,
  number: z.number().int(),
  title: z.string(),
  description: z.string(),
  severity: Severity,
  status: IncidentStatus,
  classification: Classification.optional(),
  classificationReason: ClassificationReason.optional(),
  classificationComment: z.string().optional(),
  owner: PersonRef.optional(),
  ownerId: z.string().optional(),
  labels: z.array(z.string()),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  tasks: z.array(IncidentTask),
  comments: z.array(z.object({ id: z.string(), author: PersonRef, text: z.string(), at: z.date() })),
  hunts: z.array(z.string()),
  bookmarks: z.array(z.string()),
  alerts: z.array(IncidentAlert),
  /** Rule whose alerts it groups, and the words by which they belong together. */
  rule: z.string().optional(),
  groupKey: z.string().optional(),
  /** Id of the alert that it began with: no two incidents share it. */
  firstAlert: z.string().optional(),
  /** Threads of its own. */
  threads: z.array(ThreadRefShape),
  threadKeys: z.array(z.string()),
  cards: z.array(MessageRefShape),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  closedAt: z.date().optional(),
  deletedAt: z.date().optional(),
});
export type Incident = z.infer<typeof Incident>;
