import { z } from 'zod';
import { MessageRef, Platform, ThreadRef } from './thread-ref';

/** Whoever typed or pressed, as the platform's verified request names them. */
export const Actor = z.object({
  platform: Platform,
  tenant: z.string().max(200),
  id: z.string().min(1).max(200),
  name: z.string().max(200),
  /** IANA zone, where the platform tells. */
  timeZone: z.string().max(100).optional(),
});
export type Actor = z.infer<typeof Actor>;

/** What the fields of a card or a form held: text, one choice, or several. */
export const FieldValues = z.record(
  z.string().max(100),
  z.union([z.string().max(100_000), z.array(z.string().max(2000)).max(500)]),
);
export type FieldValues = z.infer<typeof FieldValues>;

/** A file attached to a message; its bytes are fetched on demand, by the handle that its platform understands. */
export const InboundFile = z.object({
  name: z.string().min(1).max(500),
  /** In bytes, as the platform says. */
  size: z.number().int().nonnegative().optional(),
  handle: z.string().min(1).max(4000),
});
export type InboundFile = z.infer<typeof InboundFile>;

const common = {
  /** The platform's own id of this event: a redelivery carries the same one. */
  id: z.string().min(1).max(500),
  actor: Actor,
  thread: ThreadRef,
};

/** People named in the text or chosen in a form, by the token that stands for them there (`@ada`, `<@U1>`, a picker's value). */
const mentions = z
  .record(z.string().max(200), z.object({ id: z.string().max(200), name: z.string().max(200) }))
  .optional();

export const Inbound = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('text'),
    text: z.string().max(40_000),
    /** `yes`: a slash command, a mention or a `!word`; `direct`: a direct message; `no`: a plain message in a channel. */
    addressed: z.enum(['yes', 'direct', 'no']),
    /** The message that carried the words; absent for slash commands. */
    messageId: z.string().max(200).optional(),
    files: z.array(InboundFile).max(20).optional(),
    mentions,
  }),
  /** A button or a select of a card. `args` come back from the client and are as untrusted as typed words. */
  z.object({
    ...common,
    kind: z.literal('press'),
    command: z.string().max(100),
    args: FieldValues,
    /** What the card's selects hold. */
    values: FieldValues,
    message: MessageRef.optional(),
    mentions,
  }),
  /** A submitted form. */
  z.object({
    ...common,
    kind: z.literal('form'),
    command: z.string().max(100),
    args: FieldValues,
    values: FieldValues,
    message: MessageRef.optional(),
    mentions,
  }),
  z.object({ ...common, kind: z.literal('edited'), messageId: z.string().max(200), text: z.string().max(40_000) }),
  z.object({ ...common, kind: z.literal('deleted'), messageId: z.string().max(200) }),
]);
export type Inbound = z.infer<typeof Inbound>;
