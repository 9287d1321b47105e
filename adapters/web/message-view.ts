import { localPeople, talbot } from './local-people';
import type { LocalMessage } from './message-log';
import type { WireMessage, WireReplies } from './page/wire';
import { renderCard } from './render-card';
import { StoredCard } from './stored-card';
import { messageToHtml, withSymbols } from './text';

const names = [...localPeople.flatMap(({ id, name }) => [name, id]), talbot.name];

/** The message as one person's page shows it; null where that person may not see it. */
export function messageView(message: LocalMessage, person: string, replies?: WireReplies): WireMessage | null {
  if (message.onlyFor !== undefined && message.onlyFor !== person) return null;
  const deleted = message.deletedAt !== undefined;
  const mine = message.author.id === person;
  const { html, summary } = deleted ? { html: '', summary: 'Message deleted' } : body(message);
  return {
    id: message.id,
    version: message.version,
    number: message.number,
    channel: message.channel,
    author: message.author,
    at: message.at.toISOString(),
    html,
    summary,
    mine,
    // In a conversation of two everything is; there it would say nothing.
    onlyYou: message.onlyFor !== undefined && !message.channel.startsWith('dm-'),
    signs: message.signs,
    edited: message.editedAt !== undefined,
    deleted,
    ...(message.root !== undefined && { root: message.root }),
    ...(replies !== undefined && replies.count > 0 && { replies }),
    ...(mine && !deleted && message.text !== undefined && !isCommand(message.text) && { editable: message.text }),
  };
}

/** A typed command was carried out when it came: changing its words afterwards would change nothing. */
export function isCommand(text: string): boolean {
  return text.startsWith('/');
}

function body(message: LocalMessage): { html: string; summary: string } {
  if (message.card === undefined) {
    const text = message.text ?? '';
    return { html: messageToHtml(text, names), summary: withSymbols(text).slice(0, 300) };
  }
  const card = StoredCard.safeParse(message.card);
  if (card.success) return { html: renderCard(card.data), summary: withSymbols(card.data.title) };
  const words = 'This message was kept by another version of Talbot and cannot be shown by this one.';
  return { html: `<p class="block-note">${words}</p>`, summary: words };
}
