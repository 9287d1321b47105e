import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type {
  ActionsBlock,
  Block,
  Button,
  Card,
  ImageBlock,
  ProgressState,
  SelectBlock,
  TableBlock,
  Tone,
} from '../../src/chat/card';
import type { CardLimits } from '../../src/chat/card-limits';
import { cutText } from '../../src/chat/cut-text';
import { fitCard } from '../../src/chat/fit';
import { monospaceTable } from '../../src/chat/monospace-table';
import { cardToText } from '../../src/chat/plain-text';
import { isPublicAddress } from '../../src/chat/public-address';
import { isWiderThan, tableRecords } from '../../src/chat/table-records';
import { homeBlocks, idLength, messageLimits, notificationLength, tableCharacters } from './limits';
import { pressToValue } from './press-value';
import { escapeText, plainLength, plainText, withoutTricks } from './text';

export interface SlackMessage {
  /** For notifications and screen readers; escaped. */
  text: string;
  blocks: types.KnownBlock[];
}

export interface RenderOptions {
  /** False: a picture is named instead of shown, because Slack could not fetch it. */
  pictures?: boolean;
  /** Ids of Slack's files, by a picture's address: for those that Slack cannot fetch. */
  uploaded?: ReadonlyMap<string, string>;
  surface?: 'message' | 'home';
}

/** A whole message within Slack's numbers. No string of the card is read as markup: all of them are plain or rich text, never mrkdwn. */
export function cardToMessage(card: Card, options: RenderOptions = {}): SlackMessage {
  const limits: CardLimits = {
    ...messageLimits,
    length: plainLength,
    blocks: options.surface === 'home' ? homeBlocks : messageLimits.blocks,
    measure: (fitted) => {
      const blocks = cardToBlocks(fitted, options);
      return { blocks: blocks.length, size: JSON.stringify(blocks).length };
    },
  };
  const fitted = fitCard(card, limits);
  return {
    text: escapeText(withoutTricks(cutText(cardToText(fitted), notificationLength))),
    blocks: withShownTexts(cardToBlocks(fitted, options)),
  };
}

/** Only what is read is changed: what a button or a choice sends back stays as it was. */
function withShownTexts<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    (key === 'text' || key === 'alt_text') && typeof inner === 'string' ? withoutTricks(inner) : inner,
  );
}

const TONES: Record<Tone, string> = { neutral: '', good: '✅ ', warning: '⚠️ ', danger: '⛔ ', progress: '⏳ ' };

const STATES: Record<ProgressState, string> = {
  waiting: '▫️',
  running: '⏳',
  done: '✅',
  failed: '❌',
  cancelled: '🚫',
};

function cardToBlocks(card: Card, options: RenderOptions): types.KnownBlock[] {
  const header: types.HeaderBlock = {
    type: 'header',
    text: plain(`${TONES[card.tone ?? 'neutral']}${card.title}` || '—'),
  };
  // Slack takes one table block with 10,000 characters in a message: the first that fits gets it, others are set in monospace.
  let tableTaken = options.surface === 'home';
  const blocks = card.blocks.flatMap((block, index) => {
    const asTable = block.type === 'table' && !tableTaken && fitsTableBlock(block);
    tableTaken ||= asTable;
    return blockToSlack(block, { index, asTable, pictures: options.pictures ?? true, uploaded: options.uploaded });
  });
  return [header, ...blocks];
}

interface Place {
  index: number;
  asTable: boolean;
  pictures: boolean;
  uploaded: ReadonlyMap<string, string> | undefined;
}

function blockToSlack(block: Block, place: Place): types.KnownBlock[] {
  switch (block.type) {
    case 'heading':
      return [richText([{ type: 'text', text: block.text || ' ', style: { bold: true } }])];
    case 'text':
      return block.text === '' ? [] : [richText([{ type: 'text', text: block.text }])];
    case 'facts':
      return block.facts.length === 0 ? [] : [richText(block.facts.flatMap(factToElements))];
    case 'table':
      return [tableToSlack(block, place.asTable)];
    case 'code':
      return [preformatted(block.text || ' ')];
    case 'note':
      return block.text === '' ? [] : [context(block.text)];
    case 'progress':
      return block.items.length === 0 ? [] : [richText(block.items.flatMap(itemToElements))];
    case 'image':
      return [imageToSlack(block, place)];
    case 'file':
      return [
        {
          type: 'section',
          text: plain(`📄 ${block.name}${block.detail === '' ? '' : ` · ${block.detail}`}`),
          accessory: { type: 'button', text: plain('Download'), url: block.url, action_id: `f${place.index}` },
        },
      ];
    case 'select':
      return selectToSlack(block, place.index);
    case 'actions':
      return actionsToSlack(block);
    case 'divider':
      return [{ type: 'divider' }];
    default:
      return block satisfies never;
  }
}

function imageToSlack(block: ImageBlock, { pictures, uploaded }: Place): types.ImageBlock | types.ContextBlock {
  const id = uploaded?.get(block.url);
  const alt_text = block.alt || 'picture';
  if (pictures && id !== undefined) return { type: 'image', slack_file: { id }, alt_text };
  if (pictures && isPublicAddress(block.url)) return { type: 'image', image_url: block.url, alt_text };
  return context(`[picture: ${block.alt}]`);
}

function factToElements(fact: { label: string; value: string }, index: number): types.RichTextText[] {
  return [
    { type: 'text', text: `${index === 0 ? '' : '\n'}${fact.label}: `, style: { bold: true } },
    { type: 'text', text: fact.value || '–' },
  ];
}

function itemToElements(
  item: { label: string; state: ProgressState; detail: string },
  index: number,
): types.RichTextText[] {
  const label: types.RichTextText = {
    type: 'text',
    text: item.label || '–',
    style: { bold: item.state === 'running' },
  };
  const detail = item.detail === '' ? [] : [{ type: 'text', text: ` · ${item.detail}` } satisfies types.RichTextText];
  return [{ type: 'text', text: `${index === 0 ? '' : '\n'}${STATES[item.state]} ` }, label, ...detail];
}

function tableToSlack(table: TableBlock, asTable: boolean): types.KnownBlock {
  if (table.columns.length === 0) return context('A table without columns');
  if (!asTable) return isWiderThan(table, phoneCharacters) ? records(table) : preformatted(monospaceTable(table));
  const rows = [table.columns.map((column) => column.title), ...table.rows];
  return {
    type: 'table',
    rows: rows.map((row) => table.columns.map((_, index) => ({ type: 'raw_text', text: row[index] || ' ' }))),
    column_settings: table.columns.map((column, index) => ({
      align: column.align ?? 'left',
      // Slack does not wrap by itself: a long value would push the rest off a phone's screen.
      is_wrapped: rows.some((row) => (row[index] ?? '').length > 30),
    })),
  };
}

/** Characters of a monospace line before a phone breaks it. */
const phoneCharacters = 44;

/** A wide table that is not the message's one table block: row by row, for broken lines of columns cannot be read. */
function records(table: TableBlock): types.RichTextBlock {
  return richText(
    tableRecords(table).flatMap((record, index): types.RichTextText[] => [
      { type: 'text', text: `${index === 0 ? '' : '\n'}${record.key}  `, style: { bold: true } },
      {
        type: 'text',
        text: record.cells.map(({ label = '', value }) => `${label} ${value}`.trim()).join('  ·  ') || '–',
      },
    ]),
  );
}

function fitsTableBlock(table: TableBlock): boolean {
  const characters = [table.columns.map((column) => column.title), ...table.rows].flat().join('').length;
  return table.columns.length > 0 && table.rows.length > 0 && characters <= tableCharacters;
}

/** What a select does as soon as it is changed travels in its two ids; where it does not fit there, a button beside it acts. */
function selectToSlack(block: SelectBlock, index: number): types.KnownBlock[] {
  if (block.options.length === 0) return [context(`${block.label}: nothing to choose from`)];
  const press = block.act === 'wait' ? undefined : pressToValue(block.act);
  const inId = press !== undefined && press.length + 2 <= idLength;
  const action_id = press === undefined ? 'w|' : inId ? `c|${press}` : 'w|';
  const options = block.options.map((option) => ({ text: plain(option.label || option.value), value: option.value }));
  const chosen = options.filter((option) => block.chosen?.includes(option.value));
  const placeholder = plain('Choose');
  const [first] = chosen;
  const accessory: types.StaticSelect | types.MultiStaticSelect = block.several
    ? { type: 'multi_static_select', action_id, placeholder, options, ...(first && { initial_options: chosen }) }
    : { type: 'static_select', action_id, placeholder, options, ...(first && { initial_option: first }) };
  const section: types.SectionBlock = {
    type: 'section',
    block_id: selectBlockId(block, index),
    text: plain(block.label || 'Choose'),
    accessory,
  };
  if (press === undefined || inId) return [section];
  const go: types.Button = { type: 'button', text: plain('Go'), value: press, action_id: 'b0' };
  return [section, { type: 'actions', elements: [go] }];
}

/** Slack keeps what a person picked as long as the id stays: it changes with the choices, and names the field. */
function selectBlockId(block: SelectBlock, index: number): string {
  const print = createHash('sha256')
    .update(JSON.stringify([block.options, block.chosen ?? []]))
    .digest('hex')
    .slice(0, 8);
  return `s|${index}|${print}|${block.field}`;
}

function actionsToSlack(block: ActionsBlock): types.KnownBlock[] {
  if (block.buttons.length === 0) return [];
  return [{ type: 'actions', elements: block.buttons.map(buttonToSlack) }];
}

function buttonToSlack(button: Button, index: number): types.Button {
  const shared = { type: 'button', text: plain(button.label || '…'), action_id: `b${index}` } as const;
  if ('url' in button) return { ...shared, url: button.url };
  return {
    ...shared,
    value: pressToValue(button),
    ...(button.style && { style: button.style }),
    ...(button.confirm && {
      confirm: {
        title: plain(button.confirm.title || 'Sure?'),
        text: plain(button.confirm.text || ' '),
        confirm: plain(button.confirm.yes || 'Yes'),
        deny: plain('No'),
        ...(button.style && { style: button.style }),
      },
    }),
  };
}

function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text: plainText(text), emoji: false };
}

function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [plain(text)] };
}

function richText(elements: types.RichTextText[]): types.RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function preformatted(text: string): types.RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] };
}
