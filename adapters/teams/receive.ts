import { createHash } from 'node:crypto';
import type { Actor, Inbound, InboundFile } from '../../src/chat/inbound';
import type { ThreadRef } from '../../src/chat/thread-ref';
import {
  type Carried,
  CarriedData,
  ClientInfo,
  DialogValue,
  ExecuteValue,
  FileAttachment,
  Mention,
  readInput,
  type TeamsActivity,
} from './payloads';
import { readForm } from './render-form';
import { type ConversationKind, routeToText } from './route';
import { readText, withoutFences } from './text';

/** What an activity means to Talbot. */
export type Received =
  | { kind: 'inbound'; inbound: Inbound; via: Via; carried?: Carried }
  | { kind: 'added'; thread: ThreadRef }
  /** An invoke that Talbot does not know: it needs an answer all the same. */
  | { kind: 'unknown-invoke'; name: string }
  | { kind: 'nothing' };

type Values = Extract<Inbound, { kind: 'form' }>['values'];

/** How it came, which decides how it is answered. */
export type Via = 'message' | 'execute' | 'dialog-open' | 'dialog-submit';

/** Teams delivers a redelivery with the same ids, an edit with the message's id and a new time. */
export function activityToReceived(activity: TeamsActivity): Received {
  if (isBot(activity)) return { kind: 'nothing' };
  switch (activity.type) {
    case 'message':
      return messageToReceived(activity);
    case 'messageUpdate':
    case 'messageDelete':
      return changeToReceived(activity);
    case 'invoke':
      return invokeToReceived(activity);
    case 'conversationUpdate':
      return addedToReceived(activity);
    default:
      return { kind: 'nothing' };
  }
}

function messageToReceived(activity: TeamsActivity): Received {
  const carried = CarriedData.safeParse(activity.value);
  if (carried.success) return carriedToReceived(activity, carried.data, 'message');
  if (activity.id === undefined || activity.id === null) return { kind: 'nothing' };
  const read = readText(activity.text ?? '', mentionsOf(activity), activity.recipient.id);
  const slash = activity.recipient.isTargeted === true;
  const shout = /^!\p{L}/u.test(read.text);
  const text = slash ? read.text.replace(/^\//, '') : shout ? read.text.slice(1) : read.text;
  const direct = kindOf(activity) === 'personal';
  const called = read.botMentioned || slash || shout;
  const files = filesOf(activity);
  if (text === '' && !called && files.files === undefined) return { kind: 'nothing' };
  return {
    kind: 'inbound',
    via: 'message',
    inbound: {
      ...commonOf(activity),
      kind: 'text',
      text: direct || called ? withoutFences(text) : text,
      addressed: direct ? 'direct' : called ? 'yes' : 'no',
      ...(slash ? {} : { messageId: activity.id }),
      ...files,
      ...(Object.keys(read.mentions).length === 0 ? {} : { mentions: read.mentions }),
    },
  };
}

/** An undelete comes as an update that carries the old text again. */
function changeToReceived(activity: TeamsActivity): Received {
  if (activity.id === undefined || activity.id === null) return { kind: 'nothing' };
  const common = commonOf(activity, activity.type, activity.timestamp ?? '');
  if (activity.type === 'messageDelete' || activity.channelData?.eventType === 'softDeleteMessage') {
    return { kind: 'inbound', via: 'message', inbound: { ...common, kind: 'deleted', messageId: activity.id } };
  }
  const { text } = readText(activity.text ?? '', mentionsOf(activity), activity.recipient.id);
  return {
    kind: 'inbound',
    via: 'message',
    inbound: { ...common, kind: 'edited', messageId: activity.id, text: text },
  };
}

function invokeToReceived(activity: TeamsActivity): Received {
  const name = activity.name ?? '';
  if (name === 'adaptiveCard/action') {
    const value = ExecuteValue.safeParse(activity.value);
    if (value.success) return carriedToReceived(activity, value.data.action.data, 'execute');
  }
  if (name === 'task/fetch' || name === 'task/submit') {
    const value = DialogValue.safeParse(activity.value);
    const via = name === 'task/fetch' ? 'dialog-open' : 'dialog-submit';
    if (value.success) return carriedToReceived(activity, value.data.data, via);
  }
  return { kind: 'unknown-invoke', name };
}

function carriedToReceived(activity: TeamsActivity, data: CarriedData, via: Via): Received {
  const carried = data.talbot;
  const common = commonOf(activity);
  if (carried.do === 'submit') {
    const values = readForm(carried, data);
    const { command, args } = carried.form;
    const message = carried.message === undefined ? {} : { message: { thread: common.thread, id: carried.message } };
    const inbound: Inbound = { ...common, kind: 'form', command, args, values, ...message };
    return { kind: 'inbound', via, carried, inbound };
  }
  const values: Values = {};
  for (const field of carried.fields) {
    const value = readInput(data, field, carried.several.includes(field));
    if (value !== undefined) values[field] = value;
  }
  const pressed = activity.replyToId ?? undefined;
  const message = pressed === undefined ? {} : { message: { thread: common.thread, id: pressed } };
  const { command, args } = carried;
  return { kind: 'inbound', via, carried, inbound: { ...common, kind: 'press', command, args, values, ...message } };
}

function addedToReceived(activity: TeamsActivity): Received {
  const added = (activity.membersAdded ?? []).some((member) => member.id === activity.recipient.id);
  return added ? { kind: 'added', thread: threadOf(activity) } : { kind: 'nothing' };
}

function isBot(activity: TeamsActivity): boolean {
  if (activity.type === 'conversationUpdate') return false;
  const { id, role } = activity.from;
  return id === activity.recipient.id || id.startsWith('28:') || role === 'bot' || role === 'skill';
}

function commonOf(activity: TeamsActivity, ...more: string[]): { id: string; actor: Actor; thread: ThreadRef } {
  const thread = threadOf(activity);
  const timeZone = activity.localTimezone ?? clientZone(activity);
  return {
    id: eventId([
      activity.conversation.id,
      activity.id ?? JSON.stringify([activity.timestamp, activity.value]),
      ...more,
    ]),
    thread,
    actor: {
      platform: 'teams',
      tenant: thread.tenant,
      id: activity.from.aadObjectId ?? activity.from.id,
      name: activity.from.name ?? '',
      ...(timeZone === undefined || timeZone === '' ? {} : { timeZone }),
    },
  };
}

function eventId(parts: string[]): string {
  const id = parts.join('|');
  return id.length <= 500 ? id : createHash('sha256').update(id).digest('hex');
}

export function threadOf(activity: TeamsActivity): ThreadRef {
  const kind = kindOf(activity);
  const [channel = activity.conversation.id, root] = activity.conversation.id.split(';messageid=');
  return {
    platform: 'teams',
    tenant: activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? '',
    channel,
    ...(kind === 'channel' && root !== undefined && root !== '' ? { root } : {}),
    route: routeToText({ serviceUrl: activity.serviceUrl, kind, botId: activity.recipient.id }),
    ...(kind === 'personal' ? { direct: true } : {}),
    ...(kind === 'channel' ? {} : { flat: true }),
  };
}

function kindOf(activity: TeamsActivity): ConversationKind {
  const { conversationType, isGroup, id } = activity.conversation;
  if (conversationType === 'channel' || id.includes(';messageid=')) return 'channel';
  if (conversationType === 'personal') return 'personal';
  return conversationType === 'groupChat' || isGroup === true ? 'groupChat' : 'personal';
}

function mentionsOf(activity: TeamsActivity): Mention[] {
  return (activity.entities ?? []).flatMap((entity) => {
    const mention = Mention.safeParse(entity);
    return mention.success ? [mention.data] : [];
  });
}

/** Dispatch takes twenty. Teams tells no size. */
function filesOf(activity: TeamsActivity): { files?: InboundFile[] } {
  const files = (activity.attachments ?? []).flatMap((attachment) => {
    const file = FileAttachment.safeParse(attachment);
    return file.success ? [{ name: file.data.name || 'file', handle: file.data.content.downloadUrl }] : [];
  });
  return files.length === 0 ? {} : { files: files.slice(0, 20) };
}

function clientZone(activity: TeamsActivity): string | undefined {
  for (const entity of activity.entities ?? []) {
    const info = ClientInfo.safeParse(entity);
    if (info.success && info.data.timezone !== undefined) return info.data.timezone;
  }
  return undefined;
}
