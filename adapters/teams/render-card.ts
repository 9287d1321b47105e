import type { Block, Card, FactsBlock, ProgressBlock, ProgressState, TableBlock, Tone } from '../../src/chat/card';
import { fitCard } from '../../src/chat/fit';
import { columnWidths, isWiderThan, type TableRecord, tableRecords } from '../../src/chat/table-records';
import {
  type AdaptiveCard,
  adaptiveCard,
  beside,
  cell,
  type Element,
  plain,
  type RunStyle,
  run,
  runs,
} from './adaptive-card';
import { CARD_LIMITS } from './limits';
import { actionsToElement, type CardPlace, type Press, selectToElements, waitingSelects } from './render-action';
import { inertText, keepSpaces } from './text';

const TONES: Record<Tone, string> = {
  neutral: 'default',
  good: 'good',
  warning: 'warning',
  danger: 'attention',
  progress: 'accent',
};

const STATES: Record<ProgressState, { sign: string; word: string; style: RunStyle }> = {
  waiting: { sign: '○', word: 'waiting', style: { isSubtle: true } },
  running: { sign: '▶', word: 'running', style: { color: 'Accent' } },
  done: { sign: '✓', word: 'done', style: { color: 'Good' } },
  failed: { sign: '✕', word: 'failed', style: { color: 'Attention' } },
  cancelled: { sign: '–', word: 'cancelled', style: { isSubtle: true } },
};

/**
 * The card as Teams draws it, cut to what one message holds. In a dialog (`in: 'dialog'`) buttons submit to the dialog, because
 * Action.Execute does not work there.
 */
export function cardToAdaptiveCard(card: Card, where: CardPlace = 'message'): AdaptiveCard {
  const fitted = fitCard(card, {
    ...CARD_LIMITS,
    measure: (draft) => ({ blocks: draft.blocks.length, size: JSON.stringify(draw(draft, where)).length }),
  });
  return draw(fitted, where);
}

function draw(card: Card, where: CardPlace): AdaptiveCard {
  const press: Press = { in: where, selects: waitingSelects(card) };
  const body: Element[] = [
    {
      type: 'Container',
      style: TONES[card.tone ?? 'neutral'],
      bleed: true,
      items: [plain(card.title, { size: 'Large', weight: 'Bolder' })],
    },
  ];
  let separated = false;
  for (const block of card.blocks) {
    if (block.type === 'divider') {
      separated = true;
      continue;
    }
    const [first, ...others] = blockToElements(block, press);
    if (first === undefined) continue;
    body.push(separated ? { ...first, separator: true, spacing: 'Medium' } : first, ...others);
    separated = false;
  }
  return adaptiveCard(card.title, body);
}

function blockToElements(block: Exclude<Block, { type: 'divider' }>, press: Press): Element[] {
  switch (block.type) {
    case 'heading':
      return [{ ...plain(block.text, { size: 'Medium', weight: 'Bolder' }), spacing: 'Medium' }];
    case 'text':
      return [plain(block.text)];
    case 'facts':
      return [factsToTable(block)];
    case 'table':
      return [tableToElement(block)];
    case 'code':
      return [
        {
          type: 'Container',
          style: 'emphasis',
          items: [plain(keepSpaces(block.text), { fontType: 'Monospace', size: 'Small' })],
        },
      ];
    case 'note':
      return [{ ...plain(block.text, { size: 'Small', isSubtle: true }), spacing: 'Small' }];
    case 'progress':
      return [progressToElement(block)];
    case 'image':
      return [{ type: 'Image', url: block.url, altText: inertText(block.alt), size: 'Stretch' }];
    case 'file':
      return [
        beside(
          runs([
            run('📄 '),
            run(block.name, { weight: 'Bolder' }),
            ...(block.detail === '' ? [] : [run(` · ${block.detail}`, { isSubtle: true })]),
          ]),
          actionsToElement([{ label: 'Download', url: block.url }], press),
        ),
      ];
    case 'select':
      return selectToElements(block, press);
    case 'actions':
      return block.buttons.length === 0 ? [] : [actionsToElement(block.buttons, press)];
    default:
      return block satisfies never;
  }
}

/** The schema's name, and the one that Microsoft's renderer reads. */
const NO_HEADER = { firstRowAsHeader: false, firstRowAsHeaders: false };

/** A table without lines rather than a FactSet, whose values Teams reads as markdown. */
function factsToTable(block: FactsBlock): Element {
  return {
    type: 'Table',
    showGridLines: false,
    ...NO_HEADER,
    columns: [{ width: `${labelPoints(block)}px` }, { width: 1 }],
    rows: block.facts.map((fact) => ({
      type: 'TableRow',
      cells: [cell([plain(fact.label, { weight: 'Bolder' })]), cell([plain(fact.value)])],
    })),
  };
}

/** What a phone shows with a word broken here and there, and a desktop with room to spare. */
const CARD_CHARACTERS = 64;

/** As wide as the longest label needs, so that a phone keeps the rest for the values. */
function labelPoints(block: FactsBlock): number {
  const longest = Math.max(...block.facts.map((fact) => fact.label.length));
  return Math.min(170, longest * 8 + 20);
}

/** Columns as wide as what they hold; a table too wide for a card, and more so for a phone, is read row by row. */
function tableToElement(block: TableBlock): Element {
  if (isWiderThan(block, CARD_CHARACTERS)) return recordsToElement(block);
  const widths = columnWidths(block);
  const header = block.columns.map((column) => cell([plain(column.title, { weight: 'Bolder', size: 'Small' })]));
  const rows = block.rows.map((row) =>
    block.columns.map((_, index) => cell([plain(row[index] ?? '', { size: 'Small' })])),
  );
  return {
    type: 'Table',
    firstRowAsHeader: true,
    columns: block.columns.map((column, index) => ({
      // Beside its text a cell holds some air.
      width: (widths[index] ?? 1) + 3,
      ...(column.align === 'right' ? { horizontalCellContentAlignment: 'Right' } : {}),
    })),
    rows: [header, ...rows].map((cells) => ({ type: 'TableRow', cells })),
  };
}

/** Labels in another tone cost JSON; past so many values they are plain, so that the rows themselves find room. */
const TONED_VALUES = 120;

function recordsToElement(block: TableBlock): Element {
  const toned = block.rows.length * block.columns.length <= TONED_VALUES;
  return {
    type: 'Container',
    items: tableRecords(block).map(({ key, cells }, index) => ({
      ...runs([
        run(`${key}  `, { weight: 'Bolder', size: 'Small' }),
        ...(toned ? cells.flatMap(tonedCell) : [run(cells.map(plainCell).join(' · '), { size: 'Small' })]),
      ]),
      spacing: 'Small',
      ...(index === 0 ? {} : { separator: true }),
    })),
  };
}

function tonedCell({ label, value }: TableRecord['cells'][number], index: number): Element[] {
  const before = `${index === 0 ? '' : ' · '}${label === undefined ? '' : `${label} `}`;
  return [...(before === '' ? [] : [run(before, { size: 'Small', isSubtle: true })]), run(value, { size: 'Small' })];
}

function plainCell({ label, value }: TableRecord['cells'][number]): string {
  return label === undefined ? value : `${label} ${value}`;
}

function progressToElement(block: ProgressBlock): Element {
  return {
    type: 'Container',
    items: block.items.map((item) => {
      const state = STATES[item.state];
      return {
        ...runs([
          run(`${state.sign} `, { ...state.style, weight: 'Bolder' }),
          run(item.label),
          run(` · ${[state.word, item.detail].filter(Boolean).join(' · ')}`, { isSubtle: true, size: 'Small' }),
        ]),
        spacing: 'Small',
      };
    }),
  };
}
