import { z } from 'zod';
import type { FormField } from '../../src/chat/form';
import { FieldValues } from '../../src/chat/inbound';

const Account = z.object({
  id: z.string().min(1).max(200),
  name: z.string().max(200).nullish(),
  aadObjectId: z.string().max(200).nullish(),
  role: z.string().max(50).nullish(),
  isTargeted: z.boolean().nullish(),
});

/** A raw activity, as far as Talbot reads it. What it does not know is left aside, never trusted. */
export const TeamsActivity = z.object({
  type: z.string().max(100),
  id: z.string().max(200).nullish(),
  timestamp: z.string().max(100).nullish(),
  name: z.string().max(200).nullish(),
  serviceUrl: z.string().max(300),
  from: Account,
  recipient: Account,
  conversation: z.object({
    id: z.string().min(1).max(450),
    conversationType: z.string().max(50).nullish(),
    tenantId: z.string().max(200).nullish(),
    isGroup: z.boolean().nullish(),
  }),
  text: z.string().max(40_000).nullish(),
  entities: z.array(z.unknown()).max(1000).nullish(),
  attachments: z.array(z.unknown()).max(100).nullish().catch(undefined),
  value: z.unknown().optional(),
  channelData: z
    .object({
      eventType: z.string().max(100).nullish().catch(undefined),
      tenant: z
        .object({ id: z.string().max(200) })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  replyToId: z.string().max(200).nullish(),
  localTimezone: z.string().max(100).nullish(),
  membersAdded: z.array(Account).max(1000).nullish().catch(undefined),
});
export type TeamsActivity = z.infer<typeof TeamsActivity>;

export const Mention = z.object({
  type: z.literal('mention'),
  text: z.string().max(500).optional(),
  mentioned: z.object({
    id: z.string().min(1).max(200),
    name: z.string().max(200).optional(),
    aadObjectId: z.string().max(200).optional(),
  }),
});
export type Mention = z.infer<typeof Mention>;

/** A file sent in a person's chat with the bot; in channels and group chats files do not reach bots (msteams-docs, bots-filesv4). */
export const FileAttachment = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(500).nullish(),
  content: z.object({ downloadUrl: z.string().min(1).max(4000) }),
});

export const ClientInfo = z.object({ type: z.literal('clientInfo'), timezone: z.string().max(100).optional() });

const Option = z.object({ value: z.string().max(2000), label: z.string().max(2000) });

const EmbeddedField = z.object({
  name: z.string().max(100),
  label: z.string().max(500),
  hint: z.string().max(1000).optional(),
  required: z.boolean(),
  control: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), max: z.number(), placeholder: z.string().optional() }),
    z.object({
      type: z.literal('lines'),
      max: z.number(),
      placeholder: z.string().optional(),
      code: z.boolean().optional(),
    }),
    z.object({ type: z.literal('choice'), options: z.array(Option).max(1000) }),
    z.object({ type: z.literal('choices'), options: z.array(Option).max(1000) }),
    z.object({ type: z.literal('switch') }),
    z.object({ type: z.literal('person') }),
  ]),
});

/**
 * The form goes along with its submit button, because Teams shows field errors only by drawing the whole form again, and no memory
 * of it would survive a restart. It comes back untrusted: it decides only what the sender sees again.
 */
const EmbeddedForm = z.object({
  command: z.string().max(100),
  title: z.string().max(200),
  submit: z.string().max(200),
  args: FieldValues,
  intro: z.string().max(3000).optional(),
  fields: z.array(EmbeddedField).max(50),
});
type EmbeddedForm = z.infer<typeof EmbeddedForm>;

/** What a button of ours carries, under the key `talbot` of its data, beside the inputs' values. */
export const Carried = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('press'),
    command: z.string().max(100),
    args: FieldValues,
    /** Inputs of the card that count for this button. */
    fields: z.array(z.string().max(100)).max(50),
    /** Those of them that hold several choices. */
    several: z.array(z.string().max(100)).max(50),
  }),
  z.object({
    do: z.literal('submit'),
    form: EmbeddedForm,
    /** The message whose button opened the form. */
    message: z.string().max(200).optional(),
  }),
]);
export type Carried = z.infer<typeof Carried>;

export const CarriedData = z.looseObject({ talbot: Carried });
export type CarriedData = z.infer<typeof CarriedData>;

/** `adaptiveCard/action`. */
export const ExecuteValue = z.object({ action: z.object({ verb: z.string().max(100).optional(), data: CarriedData }) });

/** `task/fetch` and `task/submit`. */
export const DialogValue = z.object({ data: CarriedData });

/** Ids of inputs, so that no field's name meets a key of the platform's. */
export function inputId(field: string): string {
  return `field:${field}`;
}

/** One input's value. Several choices come joined by commas, which is why their values are percent-encoded in the card. */
export function readInput(data: CarriedData, field: string, several: boolean): string | string[] | undefined {
  const value = data[inputId(field)];
  if (typeof value !== 'string') return undefined;
  if (!several) return value;
  return value.split(',').filter(Boolean).map(decodeChoice);
}

export function encodeChoice(value: string): string {
  return encodeURIComponent(value);
}

function decodeChoice(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The form without what its fields held: that comes back as inputs. */
export function embedForm(form: { fields: FormField[] } & Omit<EmbeddedForm, 'fields'>): EmbeddedForm {
  const { command, title, submit, args, intro } = form;
  const fields = form.fields.map(({ name, label, hint, required, control }) => ({
    name,
    label,
    required,
    control,
    ...(hint === undefined ? {} : { hint }),
  }));
  return EmbeddedForm.parse({ command, title, submit, args, fields, ...(intro === undefined ? {} : { intro }) });
}
