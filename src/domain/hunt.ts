import { z } from 'zod';
import { documentBase, PersonRef } from './ids';
import { Tlp } from './indicator';
import { MessageRefShape, ThreadRefShape } from './thread';

/** Microsoft Sentinel's words for a hunt, so that what is held here maps onto it one to one. */
export const HuntStatus = z.enum(['New', 'Active', 'Closed', 'Backlog', 'Approved']);
export type HuntStatus = z.infer<typeof HuntStatus>;

export const HypothesisStatus = z.enum(['Unknown', 'Validated', 'Invalidated']);
export type HypothesisStatus = z.infer<typeof HypothesisStatus>;

export const Hunt = z.object({
  ...documentBase,
  /** The number of the key, for sorting. */
  number: z.number().int(),
  name: z.string(),
  description: z.string(),
  status: HuntStatus,
  hypothesis: HypothesisStatus,
  /** Why the hypothesis got its verdict. */
  because: z.string().optional(),
  tactics: z.array(z.string()),
  techniques: z.array(z.string()),
  labels: z.array(z.string()),
  owner: PersonRef.optional(),
  /** The owner's id again, at the top, where a store can look for it. */
  ownerId: z.string().optional(),
  createdBy: PersonRef,
  createdAt: z.date(),
  updatedAt: z.date(),
  closedAt: z.date().optional(),
  verdictAt: z.date().optional(),
  /** Threads tied to the hunt; a plain reply in one of them is a comment. */
  threads: z.array(ThreadRefShape),
  threadKeys: z.array(z.string()),
  /** The messages that show the hunt and follow its changes: the card it began with, on each platform. */
  cards: z.array(MessageRefShape).default([]),
  /** Id of the idea it was taken from: of one idea there is one hunt. */
  idea: z.string().optional(),
  /** Who may hear of it: Traffic Light Protocol 2.0. Absent: no marking. */
  tlp: Tlp.optional(),
  deletedAt: z.date().optional(),
});
export type Hunt = z.infer<typeof Hunt>;
