import type { Activity } from 'botbuilder';
import type { Card } from '../../src/chat/card';
import type { ReplyFile, Sign } from '../../src/chat/reply';
import { threadUnder } from '../../src/chat/thread-ref';
import type { ChatPlatform } from '../../src/ports/chat-platform';
import type { AdaptiveCard } from './adaptive-card';
import type { CarryPictures } from './carry-pictures';
import type { Connector } from './connector';
import { downloadTeamsFile } from './download-file';
import { inertText } from './text';

/** Ids of Teams's reactions (Teams SDK, message reactions). A withdrawn message shows none any more, so it gets words. */
const REACTIONS: Partial<Record<Sign, string>> = { kept: '2705_whiteheavycheckmark', changed: '1f4cc_pushpin' };

const SIGN_WORDS: Record<Sign, string> = { kept: '✓ kept', changed: '✓ changed', withdrawn: '✓ withdrawn' };

/** A card as the clients at hand take it. */
export type DrawCard = (card: Card) => AdaptiveCard;

/** `anonymous`: nothing is verified, so that files come from this machine only. */
export function createTeamsPlatform(
  connector: Connector,
  draw: DrawCard,
  pictures: CarryPictures,
  anonymous: boolean,
): ChatPlatform {
  const cardActivity = async (card: Card) => attachmentActivity(card.title, draw(await pictures.card(card)));
  return {
    platform: 'teams',
    filesOnlyDirect: true,
    post: async (thread, card) => connector.send(thread, await cardActivity(card)),
    update: async (message, card) => connector.update(message, await cardActivity(card)),
    /** A message in Teams carries no mark of ours, and a bot may not read a conversation back. */
    find: async () => 'unknown',
    async share(thread, file, card) {
      await connector.send(thread, await cardActivity(withFile(card, file)));
    },
    download: (_thread, file, mostBytes) => downloadTeamsFile(file.handle, anonymous, mostBytes),
    /** A reaction on the message; where the service knows none, two words in the thread. */
    async sign(message, sign) {
      const reaction = REACTIONS[sign];
      if (reaction !== undefined && (await connector.react(message, reaction)) === 'done') return;
      await connector.send(threadUnder(message), { type: 'message', textFormat: 'plain', text: SIGN_WORDS[sign] });
    },
  };
}

/** A card alone: Teams splits text and a card in one activity and loses the id. */
export function attachmentActivity(summary: string, card: AdaptiveCard): Partial<Activity> {
  return { type: 'message', summary: inertText(summary), attachments: [cardAttachment(card)] };
}

export function cardAttachment(card: AdaptiveCard): { contentType: string; content: AdaptiveCard } {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
}

/** Bots may not upload to a channel: the signed link stands in. */
export function withFile(card: Card, file: ReplyFile): Card {
  if (card.blocks.some((block) => block.type === 'file' && block.url === file.url)) return card;
  const detail = `${Math.max(1, Math.round(file.bytes.byteLength / 1024)).toLocaleString('en')} KB`;
  return { ...card, blocks: [...card.blocks, { type: 'file', name: file.name, url: file.url, detail }] };
}
