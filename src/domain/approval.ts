import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { MessageRefShape, ThreadRefShape } from './thread';

/** A second person's word on something: id is `Y-1`. Whoever asked cannot give it. */
export const Approval = z.object({
  ...documentBase,
  number: z.number().int(),
  /** What happens when it is given. */
  kind: z.enum(['enable-rule', 'run-playbook']),
  /** Key of the rule or of the playbook's run. */
  subject: z.string(),
  title: z.string(),
  /** What will be done to what, in words a stranger understands. */
  what: z.string(),
  why: z.string(),
  hunts: z.array(z.string()),
  state: z.enum(['waiting', 'approved', 'rejected', 'expired', 'withdrawn']),
  requestedBy: PersonRef,
  createdAt: z.date(),
  expiresAt: z.date(),
  decidedBy: PersonRef.optional(),
  decidedAt: z.date().optional(),
  because: z.string().optional(),
  thread: ThreadRefShape,
  /** Every message that shows it: all of them are locked by the decision. */
  cards: z.array(MessageRefShape),
});
export type Approval = z.infer<typeof Approval>;
