import type { Block, Card, NoteBlock } from './card';
import type { CardLimits, CardMeasure } from './card-limits';
import { cutText } from './cut-text';
import { type Part, partsOf, shrinkPart } from './fit-block';

/**
 * The card within a platform's numbers. What does not fit is named in the card itself: in the text, or in a note under the block.
 * A table's `total` and `rest` are turned into such a note too, so a renderer draws only what it finds. Text and code longer than
 * one block, buttons and facts past one block's number go on in another block; only when the whole is too large is anything left out.
 */
export function fitCard(card: Card, limits: CardLimits): Card {
  const title = cutText(oneLine(card.title), limits.title, limits.length);
  const parts = card.blocks.flatMap((block) => partsOf(block, limits));
  const measure = limits.measure ?? measureCard;
  let left = 0;
  for (;;) {
    const fitted: Card = { ...card, title, blocks: written(parts, left) };
    const { blocks, size } = measure(fitted);
    if (blocks <= limits.blocks && size <= limits.size) return fitted;
    if (blocks <= limits.blocks && shrinkLargest(parts, size - limits.size, limits)) continue;
    const index = leastNeeded(parts);
    if (index === -1) return fitted;
    const [dropped] = parts.splice(index, 1);
    if (dropped !== undefined && dropped.block.type !== 'divider') left += 1;
  }
}

/** Of the card as it is: blocks, and UTF-16 units of its JSON. */
export function measureCard(card: Card): CardMeasure {
  return { blocks: card.blocks.length, size: JSON.stringify(card).length };
}

function shrinkLargest(parts: Part[], by: number, limits: CardLimits): boolean {
  const bySize = parts.map((part, index) => ({ index, size: sizeOf(part) })).sort((a, b) => b.size - a.size);
  for (const { index } of bySize) {
    const part = parts[index];
    const smaller = part === undefined ? undefined : shrinkPart(part, by, limits);
    if (smaller === undefined) continue;
    parts[index] = smaller;
    return true;
  }
  return false;
}

/** Dividers first, then from the end whatever a person can do without; buttons and files last. */
function leastNeeded(parts: readonly Part[]): number {
  const divider = parts.findLastIndex((part) => part.block.type === 'divider');
  if (divider !== -1) return divider;
  const plain = parts.findLastIndex((part) => !['actions', 'file', 'select'].includes(part.block.type));
  return plain === -1 ? parts.length - 1 : plain;
}

function written(parts: readonly Part[], left: number): Block[] {
  const blocks = parts.flatMap((part): Block[] =>
    part.notes.length === 0 ? [part.block] : [part.block, note(part.notes.join(' · '))],
  );
  if (left === 0) return blocks;
  return [
    ...blocks,
    note(`${left} more ${left === 1 ? 'part' : 'parts'} of this message left out: too long for this chat`),
  ];
}

function note(text: string): NoteBlock {
  return { type: 'note', text };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function sizeOf(part: Part): number {
  return JSON.stringify(part.block).length;
}
