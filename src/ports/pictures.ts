import type { ImageBlock } from '../chat/card';

/** Drawings as pictures in a card, kept behind signed links that end by themselves. */
export interface Pictures {
  /**
   * `svg` is a whole document of at most 1024 × 1024 points, with text in the family "Noto Sans" and its own background.
   * `alt` says in words what it shows. Equal drawings are kept once.
   */
  draw(svg: string, alt: string): Promise<ImageBlock>;
}
