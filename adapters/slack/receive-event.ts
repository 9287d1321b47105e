import type { z } from 'zod';
import type { Inbound } from '../../src/chat/inbound';
import { type InboundDeps, inboundFromMessage, threadOf } from './inbound-from-slack';
import {
  AppMention,
  type EventEnvelope,
  MessageChanged,
  MessageDeleted,
  PlainMessage,
  type SlackMessageFields,
} from './payloads';
import { spokenWords } from './spoken-words';

export interface Self {
  bot: string;
  botId: string;
}

/** Messages that people write; the others (joins, renames, bots) are no words. */
const SPOKEN = new Set([undefined, 'thread_broadcast', 'file_share', 'me_message']);

/** Undefined for what needs no answer: Talbot's own and other bots' messages, and events that say a second time what another says. */
export async function receiveEvent(
  deps: InboundDeps,
  envelope: z.infer<typeof EventEnvelope>,
  self: Self,
): Promise<Inbound | undefined> {
  const { event_id: eventId, team_id: team, event } = envelope;

  const mention = AppMention.safeParse(event);
  if (mention.success) {
    const { channel, edited, ...message } = mention.data;
    // A mention put in by an edit is an edit, and comes as message_changed too.
    if (edited !== undefined || !byPerson(message, self)) return undefined;
    return inboundFromMessage(deps, { eventId, team, channel, direct: false, mentioned: true, bot: self.bot, message });
  }

  const changed = MessageChanged.safeParse(event);
  if (changed.success) {
    const { channel, message, previous_message: before } = changed.data;
    // A deleted message that has replies stays as a tombstone.
    if (message.subtype === 'tombstone' && before !== undefined && byPerson(before, self)) {
      return { kind: 'deleted', ...(await common(deps, eventId, team, channel, before)), messageId: message.ts };
    }
    // Previews and thread counts change messages too; only other words are an edit.
    if (!byPerson(message, self) || before?.text === message.text) return undefined;
    const { text } = await spokenWords(deps.people, team, message.text);
    return { kind: 'edited', ...(await common(deps, eventId, team, channel, message)), messageId: message.ts, text };
  }

  const deleted = MessageDeleted.safeParse(event);
  if (deleted.success) {
    const { channel, deleted_ts: messageId, previous_message: before } = deleted.data;
    if (before === undefined || !byPerson(before, self)) return undefined;
    return { kind: 'deleted', ...(await common(deps, eventId, team, channel, before)), messageId };
  }

  const plain = PlainMessage.safeParse(event);
  if (!plain.success) return undefined;
  const { channel, channel_type, ...message } = plain.data;
  const direct = channel_type === 'im' || channel.startsWith('D');
  const empty = message.text === '' && (message.files ?? []).length === 0;
  if (!byPerson(message, self) || empty) return undefined;
  // Slack tells of a mention twice, except in a direct message.
  if (!direct && self.bot !== '' && message.text.includes(`<@${self.bot}`)) return undefined;
  return inboundFromMessage(deps, { eventId, team, channel, direct, mentioned: false, bot: self.bot, message });
}

async function common(
  deps: InboundDeps,
  id: string,
  team: string,
  channel: string,
  message: SlackMessageFields & { user: string },
) {
  const root = message.thread_ts === message.ts ? undefined : message.thread_ts;
  return { id, actor: await deps.people.find(team, message.user), thread: threadOf(team, channel, root) };
}

function byPerson<T extends SlackMessageFields>(message: T, self: Self): message is T & { user: string } {
  if (message.user === undefined || message.user === self.bot || message.user === 'USLACKBOT') return false;
  return message.bot_id === undefined && SPOKEN.has(message.subtype);
}
