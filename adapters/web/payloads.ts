import { z } from 'zod';
import { FieldValues } from '../../src/chat/inbound';
import { messageText } from './limits';
import { localPeople } from './local-people';

/** Who speaks, and from where on the page. */
const sender = {
  as: z.enum(localPeople.map(({ id }) => id)),
  /** The page's open tab, so that a form opens where it was asked for. */
  tab: z.string().regex(/^[\w-]{8,64}$/),
  timeZone: z.string().max(100).optional(),
};

const MessageId = z.string().regex(/^m[1-9]\d{0,15}$/);
const place = { channel: z.string().min(1).max(100), root: MessageId.optional() };

/** Made by the page once for one wish: sent again after a lost answer, it changes nothing. */
const once = { once: z.string().regex(/^[\w-]{8,64}$/) };

const Person = sender.as;

export const StateQuery = z.object({ as: Person });
export const EventsQuery = z.object({ as: Person, tab: sender.tab, after: z.string().max(60).optional() });
export const PageQuery = z.object({ as: Person, ...place, before: z.coerce.number().int().positive().optional() });

export const SendBody = z.object({
  ...sender,
  ...place,
  ...once,
  text: z.string().trim().min(1).max(messageText),
  /** What the upload of a file answered. */
  file: z.uuid().optional(),
});
export const UploadQuery = z.object({ as: Person, name: z.string().min(1).max(300) });
export const EditBody = z.object({
  ...sender,
  ...once,
  id: MessageId,
  text: z.string().trim().min(1).max(messageText),
});
export const DeleteBody = z.object({ ...sender, ...once, id: MessageId });
export const PressBody = z.object({
  ...sender,
  ...once,
  message: MessageId,
  command: z.string().min(1).max(100),
  args: FieldValues,
  values: FieldValues,
});
/** `message`: the card whose button opened the form, where one did. */
export const FormBody = z.object({
  ...sender,
  ...place,
  ...once,
  message: MessageId.optional(),
  command: z.string().min(1).max(100),
  args: FieldValues,
  values: FieldValues,
});

export type Sender = { as: string; tab: string; timeZone?: string | undefined };
