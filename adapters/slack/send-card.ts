import { setTimeout as pause } from 'node:timers/promises';
import type { Card, ImageBlock } from '../../src/chat/card';
import { isPublicAddress } from '../../src/chat/public-address';
import type { Log } from '../../src/log';
import { patiently, slackCode } from './errors';
import { cardToMessage, type SlackMessage } from './render-card';
import type { PictureUploads } from './upload-picture';

/** Draws a card as a message and sends it; `send` may be called several times. Rejects with the error of its last call. */
export type SendCard = <T>(tenant: string, card: Card, send: (message: SlackMessage) => Promise<T>) => Promise<T>;

/**
 * Slack knows a file's id before it knows that it is a picture, and refuses the message until then: about a second
 * (slackapi/python-slack-sdk issue 1521).
 */
const processing = [800, 1500, 3000];

/**
 * Pictures that Slack can fetch go out by their address, others are brought to it first. Slack refuses the whole message for one
 * picture: then the pictures are brought, waited for, and in the end named in words. A card is never lost to its picture.
 */
export function createSendCard(uploads: PictureUploads, log: Log, waits: readonly number[] = processing): SendCard {
  async function uploadAll(tenant: string, images: readonly ImageBlock[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const { url, alt } of images) {
      const id = await uploads.upload(tenant, url, alt);
      if (id !== undefined) ids.set(url, id);
    }
    return ids;
  }

  return async function sendCard(tenant, card, send) {
    const images = card.blocks.filter((block) => block.type === 'image');
    if (images.length === 0) return patiently(() => send(cardToMessage(card)));
    let uploaded = await uploadAll(
      tenant,
      images.filter(({ url }) => !isPublicAddress(url)),
    );
    for (let round = 0; ; round += 1) {
      try {
        const message = cardToMessage(card, { uploaded });
        return await patiently(() => send(message));
      } catch (error) {
        if (!refusesPicture(error)) throw error;
        const wait = waits[round];
        if (wait === undefined) break;
        // What Slack could not fetch, it may take from our hands.
        if (round === 0) uploaded = new Map([...uploaded, ...(await uploadAll(tenant, images))]);
        if (uploaded.size === 0) break;
        await pause(wait);
      }
    }
    log.warn({ tenant }, 'Slack took no picture of a card: it is named instead');
    for (const { url } of images) uploads.forget(tenant, url);
    return patiently(() => send(cardToMessage(card, { pictures: false })));
  };
}

function refusesPicture(error: unknown): boolean {
  const code = slackCode(error);
  return code === 'invalid_blocks' || code === 'invalid_slack_file';
}
