import type { Block, Card, NoteBlock } from './card';
import type { CardLimits, CardMeasure } from './card-limits';
import { cutText } from './cut-text';
import { type Part, partsOf, shrinkPart } from './fit-block';

/**
 * The card within a platform's numbers. What does not fit is named in the card itself: in the text, or in a note under the block.
 * A table's `total` and `rest` are turned into such a note too, so a renderer draws only what it finds. Text and code longer than
 * one block, buttons and facts past one block's number go on in another block; only when the whole is too large is anything left out.
 * A first heading that says the title again goes, for every adapter shows the title.
 */
export function fitCard(card: Card, limits: CardLimits): Card {
  const title = cutText(oneLine(card.title), limits.title, limits.length);
  const parts = withoutRepeatedTitle(card).flatMap((block) => partsOf(block, limits));
  const measure = limits.measure ?? measureCard;
  let left = 0;
  for (;;) {
    const fitted: Card = { ...card, title, blocks: written(parts, left) };
    const { blocks, size } = measure(fitted);
    if (blocks <= limits.blocks && size <= limits.size) return fitted;
    if (blocks <= limits.blocks && shrink(parts, size - limits.size, limits)) continue;
    if (parts.length === 0) return fitted;
    // A part may be more than one of the platform's blocks: half at a time, and measured again.
    left += drop(parts, Math.max(1, Math.floor((blocks - limits.blocks) / 2)));
  }
}

/** Of the card as it is: blocks, and UTF-16 units of its JSON. */
export function measureCard(card: Card): CardMeasure {
  return { blocks: card.blocks.length, size: JSON.stringify(card).length };
}

/** Makes the largest part smaller, and again, until about `by` is gone; false where nothing can be made smaller. */
function shrink(parts: Part[], by: number, limits: CardLimits): boolean {
  const sizes = parts.map(sizeOf);
  const whole = new Set<number>();
  let gone = 0;
  while (gone < by) {
    const index = largest(sizes, whole);
    const part = parts[index];
    if (part === undefined) break;
    const smaller = shrinkPart(part, by - gone, limits);
    if (smaller === undefined) {
      whole.add(index);
      continue;
    }
    const before = sizes[index] ?? 0;
    parts[index] = smaller;
    sizes[index] = sizeOf(smaller);
    gone += Math.max(1, before - sizes[index]);
  }
  return gone > 0;
}

function largest(sizes: readonly number[], except: ReadonlySet<number>): number {
  return sizes.reduce((best, size, index) => (!except.has(index) && size > (sizes[best] ?? -1) ? index : best), -1);
}

/** Takes out the parts a person can best do without; how many of them said something. */
function drop(parts: Part[], howMany: number): number {
  let said = 0;
  for (let count = 0; count < howMany && parts.length > 0; count += 1) {
    const [dropped] = parts.splice(leastNeeded(parts), 1);
    if (dropped?.block.type !== 'divider') said += 1;
  }
  return said;
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

function withoutRepeatedTitle(card: Card): Block[] {
  const [first, ...others] = card.blocks;
  return first?.type === 'heading' && oneLine(first.text) === oneLine(card.title) ? others : card.blocks;
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
