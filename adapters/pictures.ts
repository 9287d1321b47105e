import { createHash } from 'node:crypto';
import { createDrawingThread } from '../src/charts/draw/drawing-thread';
import type { ImageBlock } from '../src/chat/card';
import { ConflictError } from '../src/errors';
import { change } from '../src/hunting/change';
import type { Clock } from '../src/ports/clock';
import { PictureError, type Pictures } from '../src/ports/pictures';
import type { Stores } from '../src/ports/stores';
import type { PictureFiles } from './chat-adapter';
import type { SignedLinks } from './signed-links';

export interface DrawnPictures extends Pictures {
  files: PictureFiles;
  close(): Promise<void>;
}

const day = 86_400_000;

/** Pictures drawn in a thread of their own, kept in the stores under a hash of what they look like, and shown by signed links. */
export function createPictures(deps: {
  stores: Pick<Stores, 'pictures'>;
  links: SignedLinks;
  clock: Clock;
}): DrawnPictures {
  const { stores, links, clock } = deps;
  const thread = createDrawingThread();

  async function keep(png: Uint8Array, width: number, height: number, alt: string): Promise<ImageBlock> {
    const id = createHash('sha256').update(png).digest('hex').slice(0, 40);
    const drawnAt = clock.now();
    const known = await change(stores.pictures, id, (current) =>
      // Once a day is enough to keep it from being cleared away.
      drawnAt.getTime() - current.drawnAt.getTime() > day ? { ...current, drawnAt } : null,
    );
    if (!known) {
      try {
        await stores.pictures.insert({ id, png: Buffer.from(png).toString('base64'), width, height, drawnAt });
      } catch (error) {
        // Another process drew the very same one.
        if (!(error instanceof ConflictError)) throw error;
      }
    }
    return { type: 'image', alt, url: links.picture(id) };
  }

  async function read(url: string): Promise<Uint8Array | null> {
    const file = links.follow(url);
    if (typeof file === 'string' || file.kind !== 'picture') return null;
    const picture = await stores.pictures.get(file.id);
    return picture ? Buffer.from(picture.png, 'base64') : null;
  }

  return {
    async draw(svg, alt) {
      const { png, width, height } = await thread.draw(svg);
      return keep(png, width, height, alt);
    },
    async chart(request) {
      try {
        const drawn = await thread.chart(request);
        if (drawn.kind === 'none') return { state: 'none' };
        if (drawn.kind === 'refused') return { state: 'refused', why: drawn.why };
        const picture = await keep(drawn.png, drawn.width, drawn.height, drawn.alt ?? '');
        return { state: 'drawn', picture, notes: drawn.notes ?? [] };
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        return { state: 'refused', why: error.message };
      }
    },
    files: {
      read,
      async readWithin(url, bytes) {
        const png = await read(url);
        if (png === null || png.length <= bytes) return png;
        return (await thread.smaller(png, bytes))?.png ?? null;
      },
    },
    close: () => thread.close(),
  };
}
