import { z } from 'zod';

export const RawCard = z.looseObject({
  type: z.literal('AdaptiveCard'),
  version: z.string(),
  body: z.array(z.record(z.string(), z.unknown())).default([]),
  actions: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type RawCard = z.infer<typeof RawCard>;

const OutgoingActivity = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown() })).optional(),
});

export interface Refusal {
  status: number;
  why: string;
}

export type CheckedActivity =
  | { ok: true; text: string | undefined; card: RawCard | undefined }
  | ({ ok: false } & Refusal);

/** Bytes of a message, counted in UTF-16 (msteams-docs, format-your-bot-messages). */
const MAX_BYTES = 100 * 1024;

/** What Teams takes at every version, though Adaptive Cards have it later only (msteams-docs, people picker). */
const TEAMS_EXTRAS = ['Property "choices.data"'];

/** The part of the adaptivecards package that works without a DOM; its own entry does not load in Node. */
const cards: typeof import('adaptivecards') = require('adaptivecards/dist/adaptivecards.js');

/** Teams shows six buttons side by side (msteams-docs, design-effective-cards), one more than the package does of itself. */
const teamsHost = new cards.HostConfig({ actions: { maxActions: 6 } });

/** What Teams would refuse of a message that a bot sends or edits. */
export function checkActivity(body: string): CheckedActivity {
  if (body.length * 2 > MAX_BYTES) return refuse(413, `${body.length * 2} bytes, at most ${MAX_BYTES}`);
  const read = OutgoingActivity.safeParse(JSON.parse(body));
  if (!read.success) return refuse(400, read.error.message);
  const { type, text, attachments = [] } = read.data;
  if (type !== 'message') return refuse(400, `type ${type}`);
  if ((text ?? '') === '' && attachments.length === 0) return refuse(400, 'neither text nor attachment');
  if ((text ?? '') !== '' && attachments.length > 0) return refuse(400, 'text and attachment in one activity');
  if (attachments.length > 1) return refuse(400, 'more than one attachment');
  const [attachment] = attachments;
  if (attachment === undefined) return { ok: true, text, card: undefined };
  if (attachment.contentType !== 'application/vnd.microsoft.card.adaptive') {
    return refuse(400, `attachment ${attachment.contentType}`);
  }
  const faults = cardFaults(attachment.content);
  if (faults.length > 0) return refuse(400, faults.join('; '));
  return { ok: true, text: undefined, card: RawCard.parse(attachment.content) };
}

/** Faults of an Adaptive Card, by Microsoft's own renderer at the version that Teams takes. Empty: none. */
export function cardFaults(content: unknown): string[] {
  const raw = RawCard.safeParse(content);
  if (!raw.success) return [`not an Adaptive Card: ${raw.error.message}`];
  const version = cards.Version.parse(raw.data.version, new cards.SerializationContext());
  if (version === undefined || version.compareTo(cards.Versions.v1_5) > 0) return [`version ${raw.data.version}`];
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  const card = new cards.AdaptiveCard();
  card.hostConfig = teamsHost;
  card.parse(raw.data, context);
  const faults = card.validateProperties().validationEvents.map((event) => event.message);
  for (let i = 0; i < context.eventCount; i++) faults.push(context.getEventAt(i).message);
  return faults.filter((fault) => !TEAMS_EXTRAS.some((extra) => fault.includes(extra)));
}

function refuse(status: number, why: string): CheckedActivity {
  return { ok: false, status, why };
}
