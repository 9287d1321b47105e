import type { Card } from './card';
import type { Length } from './cut-text';

/** A platform's numbers for one message. Every length is counted by `length`. */
export interface CardLimits {
  /** How the platform counts a string, after the adapter's escaping; UTF-16 units where absent. */
  length?: Length;
  /** Blocks and size of the whole message as the adapter would send it; the neutral card's own where absent. */
  measure?: (card: Card) => CardMeasure;
  /** Blocks of a message, as `measure` counts them. */
  blocks: number;
  /** Size of a message in the unit of `measure`. */
  size: number;
  title: number;
  heading: number;
  /** Longer text goes on in a second block. */
  text: number;
  note: number;
  /** Longer code goes on in a second block. */
  code: number;
  /** Facts in one block; more go on in a second one. */
  facts: number;
  factLabel: number;
  factValue: number;
  table: { rows: number; columns: number; cell: number; title: number };
  /** Lines of a progress list. */
  progress: number;
  progressDetail: number;
  /** Buttons in one block; more go on in a second one. */
  buttons: number;
  buttonLabel: number;
  /** Characters of a button's arguments as JSON. */
  buttonArgs: number;
  confirm: { title: number; text: number; yes: number };
  options: number;
  optionLabel: number;
  optionValue: number;
  imageAlt: number;
}

export interface CardMeasure {
  blocks: number;
  size: number;
}
