import type { CardLimits } from '../../src/chat/card-limits';

/**
 * Blocks of a message: 50 (docs.slack.dev, block kit; slackapi/bolt-js issue 2509). Slack also refuses a message whose blocks are
 * together longer than about 13,200 characters with msg_blocks_too_long, which no page says (same issue); counted here as the blocks'
 * JSON, the strictest reading.
 */
export const messageLimits = {
  blocks: 50,
  size: 12_900,
  title: 140,
  heading: 500,
  /** A section's bound (3,000, docs.slack.dev section block), kept for rich text too, which states none. */
  text: 3000,
  note: 2000,
  code: 3000,
  facts: 15,
  factLabel: 100,
  factValue: 1000,
  /** 100 rows with the header, 20 columns, 10,000 characters in all cells (docs.slack.dev table block); narrower here for a phone. */
  table: { rows: 99, columns: 20, cell: 150, title: 60 },
  progress: 40,
  progressDetail: 200,
  /** 25 elements of an actions block; 5 keep to one or two lines on a phone. */
  buttons: 5,
  buttonLabel: 75,
  /** A button's value is 2,000 characters; the command's name and the JSON around it need the rest. */
  buttonArgs: 1500,
  confirm: { title: 100, text: 300, yes: 30 },
  options: 100,
  optionLabel: 75,
  /** docs.slack.dev option object: value 150. */
  optionValue: 150,
  imageAlt: 2000,
} satisfies Omit<CardLimits, 'measure' | 'length'>;

/** Home tab and modals take 100 blocks (docs.slack.dev, modal views). */
export const homeBlocks = 100;

/** docs.slack.dev, modal views and block elements. */
export const viewLimits = {
  title: 24,
  submit: 24,
  privateMetadata: 3000,
  label: 2000,
  hint: 2000,
  input: 3000,
  placeholder: 150,
  options: 100,
  optionLabel: 75,
  optionValue: 150,
} as const;

/** block_id and action_id: 255 characters. */
export const idLength = 255;

/** All cells of a message's tables together (docs.slack.dev table block: 10,000 characters, otherwise invalid_blocks). */
export const tableCharacters = 9500;

/** Message `text` beside blocks is only the notification; Slack takes 40,000. */
export const notificationLength = 1000;
