import type { ImageBlock } from '../chat/card';
import type { Cell } from './query-engine';

/** Drawings as pictures in a card, kept behind signed links that end by themselves. */
export interface Pictures {
  /**
   * `svg` is a whole document of at most 1024 × 1024 points, with text in the family "Noto Sans" and its own background.
   * `alt` says in words what it shows. Equal drawings are kept once. Rejects with PictureError where it cannot be drawn: a card then
   * goes without it (`pictureBlocks` in src/hunting sees to that).
   */
  draw(svg: string, alt: string): Promise<ImageBlock>;
  /** The chart that `render` at the end of a query asks for. A chart that cannot be drawn is an answer, not an error. */
  chart(request: ChartRequest): Promise<DrawnChart>;
}

export interface ChartRequest {
  /** As QuerySummary has it. */
  render: { chart: string; properties: Record<string, string> };
  columns: { name: string; type: string }[];
  /** Pages of rows, read to the last only where all of them are drawn. */
  rows: AsyncIterable<Cell[][]>;
  /** How many rows there are in all. */
  total: number;
}

/** `notes` say what the picture leaves out; `none` is for `render table`, which asks for no picture. */
export type DrawnChart =
  | { state: 'drawn'; picture: ImageBlock; notes: string[] }
  | { state: 'refused'; why: string }
  | { state: 'none' };

/** The message is for people: “the drawing took more than 10 s”. */
export class PictureError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PictureError';
  }
}
