import type {
  ActionsBlock,
  Block,
  Button,
  CodeBlock,
  FactsBlock,
  ProgressBlock,
  SelectBlock,
  TableBlock,
  TextBlock,
} from './card';
import type { CardLimits } from './card-limits';
import { cutText, headOf, splitText } from './cut-text';

/** A block within its own bounds, the block it was cut from, and in words what the cut took. */
export interface Part {
  block: Block;
  original: Block;
  notes: string[];
}

/** One block within the bounds of its type; what has more than one block holds goes on in the next part. */
export function partsOf(block: Block, limits: CardLimits): Part[] {
  switch (block.type) {
    case 'heading':
      return [whole({ ...block, text: cutText(block.text, limits.heading, limits.length) })];
    case 'note':
      return splitText(block.text, limits.note, limits.length).map((text) => whole({ ...block, text }));
    case 'text':
      return splitText(block.text, limits.text, limits.length).map((text) => whole({ ...block, text }));
    case 'code':
      return splitText(block.text, limits.code, limits.length).map((text) => whole({ ...block, text }));
    case 'facts':
      return factsParts(block, limits);
    case 'table':
      return [tablePart(block, block.rows.length, limits)];
    case 'progress':
      return [progressPart(block, Math.min(block.items.length, limits.progress), limits)];
    case 'select':
      return [selectPart(block, limits.options, limits)];
    case 'actions':
      return actionsParts(block, limits);
    case 'image':
      return [whole({ ...block, alt: cutText(block.alt, limits.imageAlt, limits.length) })];
    case 'file':
    case 'divider':
      return [whole(block)];
    default:
      return block satisfies never;
  }
}

/** The part made smaller by about `by`, or undefined when it is as small as it makes sense. */
export function shrinkPart(part: Part, by: number, limits: CardLimits): Part | undefined {
  const { block, original } = part;
  if (block.type === 'table' && original.type === 'table') {
    const rows = fewer(block.rows.length, by, block.rows, 1);
    return rows === undefined ? undefined : tablePart(original, rows, limits);
  }
  if (block.type === 'progress' && original.type === 'progress') {
    const items = fewer(block.items.length, by, block.items, 1);
    return items === undefined ? undefined : progressPart(original, items, limits);
  }
  if (block.type === 'select' && original.type === 'select') {
    const options = fewer(block.options.length, by, block.options, 5);
    return options === undefined ? undefined : selectPart(original, options, limits);
  }
  if (block.type === 'facts' && original.type === 'facts') {
    const facts = fewer(block.facts.length, by, block.facts, 1);
    if (facts === undefined) return undefined;
    const left = original.facts.length - facts;
    const kept = block.facts.slice(0, facts);
    return {
      block: { ...block, facts: kept },
      original,
      notes: [`… and ${count(left)} more ${left === 1 ? 'fact' : 'facts'}`],
    };
  }
  if (block.type === 'text' && original.type === 'text') return shortenedText(block, original, by);
  if (block.type === 'code' && original.type === 'code') return shortenedCode(block, original, by);
  return undefined;
}

/** "20 of 812 rows; the file has all", or undefined where all are shown. */
export function rowsNote(table: TableBlock, shown: number): string | undefined {
  const total = Math.max(table.total ?? 0, table.rows.length);
  if (total <= shown) return undefined;
  return `${count(shown)} of ${count(total)} rows${table.rest === undefined ? '' : `; ${table.rest}`}`;
}

function tablePart(original: TableBlock, rowCount: number, limits: CardLimits): Part {
  const { table: bounds, length } = limits;
  const rows = Math.min(rowCount, bounds.rows);
  const hidden = original.columns.slice(bounds.columns).map((column) => column.title);
  let shortened = 0;
  function cell(text: string): string {
    const cut = cutText(text, bounds.cell, length);
    if (cut !== text) shortened += 1;
    return cut;
  }
  const block: TableBlock = {
    type: 'table',
    columns: original.columns
      .slice(0, bounds.columns)
      .map((column) => ({ ...column, title: cutText(column.title, bounds.title, length) })),
    rows: original.rows.slice(0, rows).map((row) => row.slice(0, bounds.columns).map(cell)),
  };
  const notes = [
    rowsNote(original, rows),
    hidden.length === 0
      ? undefined
      : `${count(block.columns.length)} of ${count(original.columns.length)} columns; without ${cutText(hidden.join(', '), 200)}`,
    shortened === 0 ? undefined : `${count(shortened)} long ${shortened === 1 ? 'value' : 'values'} shortened (…)`,
  ];
  return { block, original, notes: notes.filter((note) => note !== undefined) };
}

function progressPart(original: ProgressBlock, items: number, limits: CardLimits): Part {
  const left = original.items.length - items;
  const shown = original.items.slice(0, items).map((item) => ({
    ...item,
    label: cutText(item.label, limits.progressDetail, limits.length),
    detail: cutText(item.detail, limits.progressDetail, limits.length),
  }));
  return { block: { ...original, items: shown }, original, notes: left === 0 ? [] : [`… and ${count(left)} more`] };
}

/** What is chosen stays in the list, wherever it stood. */
function selectPart(original: SelectBlock, max: number, limits: CardLimits): Part {
  const chosen = new Set(original.chosen ?? []);
  const usable = original.options.filter((option) => option.value.length <= limits.optionValue && option.value !== '');
  const extra = usable.slice(max).filter((option) => chosen.has(option.value));
  const room = Math.max(0, max - extra.length);
  const kept = new Set([...usable.slice(0, room), ...extra.slice(0, max)]);
  const options = usable
    .filter((option) => kept.has(option))
    .map((option) => ({ ...option, label: cutText(option.label, limits.optionLabel, limits.length) }));
  const left = original.options.length - options.length;
  const block: SelectBlock = { ...original, options };
  const words = `… and ${count(left)} more ${left === 1 ? 'choice' : 'choices'}: narrow with words`;
  return { block, original, notes: left === 0 ? [] : [words] };
}

function factsParts(block: FactsBlock, limits: CardLimits): Part[] {
  const facts = block.facts.map((fact) => ({
    label: cutText(fact.label, limits.factLabel, limits.length),
    value: shortened(fact.value, limits.factValue, limits),
  }));
  return groups(facts, limits.facts).map((group) => whole({ ...block, facts: group }));
}

function actionsParts(block: ActionsBlock, limits: CardLimits): Part[] {
  const fits = block.buttons.filter((button) => argsLength(button) <= limits.buttonArgs);
  const lost = block.buttons
    .filter((button) => !fits.includes(button))
    .map((button) => `“${cutText(button.label, 40)}”`);
  const parts = groups(
    fits.map((button) => fitButton(button, limits)),
    limits.buttons,
  ).map((buttons) => whole({ ...block, buttons }));
  if (lost.length === 0) return parts;
  const text = `Left out, because it carries more than this chat takes: ${lost.join(', ')}`;
  return [...parts, whole({ type: 'note', text: cutText(text, limits.note, limits.length) })];
}

function fitButton(button: Button, limits: CardLimits): Button {
  const label = cutText(button.label, limits.buttonLabel, limits.length);
  if ('url' in button || button.confirm === undefined) return { ...button, label };
  const { title, text, yes } = button.confirm;
  const confirm = {
    title: cutText(title, limits.confirm.title, limits.length),
    text: cutText(text, limits.confirm.text, limits.length),
    yes: cutText(yes, limits.confirm.yes, limits.length),
  };
  return { ...button, label, confirm };
}

function argsLength(button: Button): number {
  return 'url' in button ? 0 : JSON.stringify(button.args).length;
}

function shortened(text: string, max: number, limits: CardLimits): string {
  const length = limits.length ?? ((value: string) => value.length);
  if (length(text) <= max) return text;
  const room = Math.max(1, max - 60);
  const head = headOf(text, room, limits.length);
  return `${head.trimEnd()}… ${shortenedWords('text', text.length - head.length)}`;
}

const SHORTEST_TEXT = 100;

function shortenedText(block: TextBlock, original: TextBlock, by: number): Part | undefined {
  const head = shorterHead(block.text, original.text, by);
  if (head === undefined) return undefined;
  const words = shortenedWords('text', original.text.length - head.length);
  return { block: { ...block, text: `${head.trimEnd()}… ${words}` }, original, notes: [] };
}

function shortenedCode(block: CodeBlock, original: CodeBlock, by: number): Part | undefined {
  const head = shorterHead(block.text, original.text, by);
  if (head === undefined) return undefined;
  return {
    block: { ...block, text: head },
    original,
    notes: [shortenedWords('code', original.text.length - head.length)],
  };
}

function shorterHead(now: string, original: string, by: number): string | undefined {
  const before = Math.min(now.length, original.length);
  if (before <= SHORTEST_TEXT) return undefined;
  return headOf(original, Math.max(SHORTEST_TEXT - 60, before - Math.max(by, 20) - 60));
}

function shortenedWords(what: 'text' | 'code', by: number): string {
  return `(${what} shortened by ${count(by)} ${by === 1 ? 'character' : 'characters'})`;
}

function whole(block: Block): Part {
  return { block, original: block, notes: [] };
}

/** How many of `items` remain when about `by` characters must go, at most half at once: sizes are an estimate, and a second look is cheap. */
function fewer(now: number, by: number, items: readonly unknown[], least: number): number | undefined {
  if (now <= least) return undefined;
  const each = Math.max(1, JSON.stringify(items).length / now);
  return Math.max(least, now - clamp(Math.ceil(by / each), 1, Math.ceil(now / 2)));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function groups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** 1,234 */
function count(value: number): string {
  return value.toLocaleString('en-US');
}
