import type { CardLimits } from '../../src/chat/card-limits';

/** The page's own numbers: no platform sets them, they keep one message readable and one table scrollable. */
export const cardLimits: CardLimits = {
  blocks: 120,
  size: 200_000,
  title: 300,
  heading: 300,
  text: 20_000,
  note: 4000,
  code: 40_000,
  facts: 60,
  factLabel: 120,
  factValue: 4000,
  table: { rows: 200, columns: 60, cell: 2000, title: 120 },
  progress: 100,
  progressDetail: 300,
  buttons: 25,
  buttonLabel: 80,
  buttonArgs: 1500,
  confirm: { title: 120, text: 1000, yes: 40 },
  options: 500,
  optionLabel: 200,
  optionValue: 2000,
  imageAlt: 1000,
};

/** Characters of one typed message; Slack's bound, so that nothing typed here surprises there. */
export const messageText = 40_000;

/** Bytes of one request: a form may hold a query of 100,000 characters, and JSON may write one in six bytes. */
export const requestBytes = 1_000_000;

/** Bytes of one attached file, and how many wait in memory for their message: the oldest gives way. */
export const attachedBytes = 32_000_000;
export const attachedFiles = 4;

/** Messages in one page of a channel or thread. */
export const pageSize = 40;

/** Events kept for a page that comes back after a pause; past them it reads everything again. */
export const keptEvents = 500;

/** Bytes waiting for one slow reader before its stream is closed; it comes back and resumes. */
export const streamBacklog = 4_000_000;

/** Time between two signs of life on a stream, under the 30 s after which proxies give up. */
export const heartbeatMs = 20_000;

/** Options of a select up to which the browser's own control is shown instead of a list with a filter. */
export const shortSelect = 8;
