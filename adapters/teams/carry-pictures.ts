import type { Block, Card, ImageBlock } from '../../src/chat/card';
import { isPublicAddress } from '../../src/chat/public-address';
import type { Reply } from '../../src/chat/reply';
import type { Log } from '../../src/log';
import type { PictureFiles } from '../chat-adapter';
import { MAX_CARD_CHARACTERS } from './limits';
import { cardToAdaptiveCard } from './render-card';

/**
 * Pictures that Teams cannot fetch (Talbot is then at hand only locally, behind the Agents Playground) carried inside the card, as
 * small as the message's bound leaves room for; those for which there is none are named in words. Never rejects for a picture.
 */
export interface CarryPictures {
  card(card: Card): Promise<Card>;
  /** The card of a reply, whatever its kind. */
  reply(reply: Reply): Promise<Reply>;
}

/** For the JSON of the picture's own element, besides its bytes. */
const FRAME = 200;

/** Below this no chart can be read; the words are worth more. */
const LEAST_BYTES = 5_000;

export function createCarryPictures(files: (() => PictureFiles) | undefined, log: Log): CarryPictures {
  async function carried(image: ImageBlock, characters: number): Promise<Block> {
    const words = { type: 'note', text: `[picture: ${image.alt}]` } as const;
    // Four characters of base64 hold three bytes.
    const bytes = Math.floor(((characters - FRAME) * 3) / 4);
    if (files === undefined || bytes < LEAST_BYTES) return words;
    try {
      const png = await files().readWithin(image.url, bytes);
      if (png === null) return words;
      return { ...image, url: `data:image/png;base64,${Buffer.from(png).toString('base64')}` };
    } catch (error) {
      log.warn({ platform: 'teams', err: error }, 'a picture could not be carried in a card: it is named instead');
      return words;
    }
  }

  async function card(given: Card): Promise<Card> {
    const own = (block: Block) =>
      block.type === 'image' && !isPublicAddress(block.url) && !block.url.startsWith('data:');
    const many = given.blocks.filter(own).length;
    if (many === 0) return given;
    const rest = { ...given, blocks: given.blocks.filter((block) => !own(block)) };
    const room = MAX_CARD_CHARACTERS - JSON.stringify(cardToAdaptiveCard(rest)).length;
    const blocks: Block[] = [];
    for (const block of given.blocks)
      blocks.push(block.type === 'image' && own(block) ? await carried(block, room / many) : block);
    return { ...given, blocks };
  }

  return {
    card,
    async reply(reply) {
      if (reply.kind !== 'card' && reply.kind !== 'replace' && reply.kind !== 'file') return reply;
      return { ...reply, card: await card(reply.card) };
    },
  };
}
