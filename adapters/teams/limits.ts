import type { CardLimits } from '../../src/chat/card-limits';

/**
 * Teams refuses a message over 100 KB with 413, counted in UTF-16 (bots/how-to/format-your-bot-messages): this leaves a fifth for the
 * envelope around the card. In characters of JSON, two bytes each.
 */
export const MAX_CARD_CHARACTERS = 40_000;

/** Adaptive Card version that Teams renders on every client (learn.microsoft.com/adaptive-cards, overview). */
export const CARD_VERSION = '1.5';

/**
 * Sends to one thread by one bot: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1800 in an hour (bots/how-to/rate-limit). The hour's bound equals the
 * 30 s bound's sustained half, so it is left to Retry-After.
 */
export const SEND_RATES = [
  { count: 7, milliseconds: 1_000 },
  { count: 8, milliseconds: 2_000 },
  { count: 60, milliseconds: 30_000 },
] as const;

/** Tries of one send, the first included, when Teams answers 429, 412, 502 or 504 (bots/how-to/rate-limit). */
export const SEND_TRIES = 4;

/** A Retry-After beyond this is handed to the caller, whose job comes back later. */
export const LONGEST_WAIT_SECONDS = 10;

/** Teams gives up on an invoke after about 10 to 15 s; by then an answer must have left. */
export const INVOKE_MILLISECONDS = 8_000;

/** Choices of one field; more make the form's card too large, and nobody scrolls through them. */
export const MAX_CHOICES = 150;

/** Largest request body read from Teams; its own messages stay under about 100 KB, a form's text doubles in JSON. */
export const MAX_BODY_BYTES = 1_000_000;

/**
 * Teams gives no number for any of these: only the whole message has a bound, which the renderer measures. They are what a card can
 * hold and still be read in a channel about 600 points wide.
 */
export const CARD_LIMITS: CardLimits = {
  blocks: 60,
  size: MAX_CARD_CHARACTERS,
  title: 250,
  heading: 250,
  text: 6_000,
  note: 2_000,
  code: 8_000,
  facts: 25,
  factLabel: 100,
  factValue: 1_500,
  table: { rows: 25, columns: 16, cell: 180, title: 60 },
  progress: 40,
  progressDetail: 250,
  buttons: 6,
  buttonLabel: 60,
  buttonArgs: 1_500,
  confirm: { title: 150, text: 600, yes: 40 },
  options: MAX_CHOICES,
  optionLabel: 150,
  optionValue: 500,
  imageAlt: 1_000,
};
