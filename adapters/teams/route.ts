import type { ThreadRef } from '../../src/chat/thread-ref';

/** Only channels have threads; a root in any other conversation would address nothing. */
export type ConversationKind = 'channel' | 'groupChat' | 'personal';

export interface Route {
  serviceUrl: string;
  kind: ConversationKind;
  /** Talbot's own account there (`28:<app id>`). */
  botId: string;
}

/** The service URL, with what else is needed to reach the conversation in its fragment: `https://smba…/emea/#channel&28:…`. */
export function routeToText(route: Route): string {
  return `${route.serviceUrl}#${route.kind}&${encodeURIComponent(route.botId)}`;
}

/** Undefined where the text is not a route of ours. */
export function textToRoute(text: string | undefined): Route | undefined {
  const match = /^([^#]+)#(channel|groupChat|personal)&(.*)$/.exec(text ?? '');
  if (match?.[1] === undefined || match[3] === undefined) return undefined;
  const kind = match[2];
  if (kind !== 'channel' && kind !== 'groupChat' && kind !== 'personal') return undefined;
  return { serviceUrl: match[1], kind, botId: decodeURIComponent(match[3]) };
}

/** Teams's conversation id of a thread: `<channel>;messageid=<root>` in channels, the bare id elsewhere. */
export function conversationId(thread: ThreadRef, kind: ConversationKind): string {
  return kind === 'channel' && thread.root !== undefined
    ? `${thread.channel};messageid=${thread.root}`
    : thread.channel;
}
