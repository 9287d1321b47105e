import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { Delivery } from './run';
import { ThreadRefShape } from './thread';

/** One declared action on an incident or an entity. */
export interface Playbook {
  /** `P-1`, by its place in the file. */
  key: string;
  name: string;
  description: string;
  /** Types it works on: `Incident`, `Host`, `Account` … */
  for: string[];
  /** Whether a second person has to approve each run. */
  approval: boolean;
  inputs: { name: string; label: string; required: boolean }[];
  /** Where it goes, without path and query: for people to see whom they call. */
  host: string;
}

/** One run of a playbook on an incident or an entity; id is `X-1`. */
export const PlaybookRun = z.object({
  ...documentBase,
  number: z.number().int(),
  /** `P-1` and its name, as the file of playbooks had them then. */
  playbook: z.string(),
  name: z.string(),
  /** Where it went when it was asked for: a file that was changed since does not lead it elsewhere. */
  host: z.string(),
  /** What is sent, made at the first try: every further one sends the very same. */
  body: z.string().optional(),
  /** Key of the incident or entity, and its type: `Incident`, `Host` … */
  target: z.string(),
  targetType: z.string(),
  inputs: z.record(z.string(), z.string()),
  why: z.string(),
  state: z.enum(['waiting-approval', 'queued', 'running', 'done', 'failed', 'refused']),
  approval: z.string().optional(),
  /** Sent with every try: whoever is called can tell a repetition. */
  idempotencyKey: z.string(),
  /** What came of it, in words; never a secret. */
  outcome: z.string().optional(),
  hunts: z.array(z.string()),
  requestedBy: PersonRef,
  createdAt: z.date(),
  finishedAt: z.date().optional(),
  thread: ThreadRefShape,
  progress: Delivery,
  result: Delivery,
});
export type PlaybookRun = z.infer<typeof PlaybookRun>;
