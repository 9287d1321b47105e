import type { ImageBlock, NoteBlock } from '../chat/card';
import type { Log } from '../log';
import { PictureError, type Pictures } from '../ports/pictures';

/** A drawing as a block of a card, or what it would show in words: no card is lost to its picture. */
export async function pictureBlocks(
  ctx: { pictures: Pictures; log: Log },
  svg: string,
  alt: string,
): Promise<[ImageBlock | NoteBlock]> {
  try {
    return [await ctx.pictures.draw(svg, alt)];
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    ctx.log.warn({ error }, 'a picture could not be drawn');
    return [{ type: 'note', text: `The picture could not be drawn (${error.message}). It would show: ${alt}` }];
  }
}
