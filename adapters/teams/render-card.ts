import type { Block, Card, FactsBlock, ProgressBlock, ProgressState, TableBlock, Tone } from '../../src/chat/card';
import { fitCard } from '../../src/chat/fit';
import { type AdaptiveCard, adaptiveCard, cell, type Element, plain, type RunStyle, run, runs } from './adaptive-card';
import { CARD_LIMITS } from './limits';
import { actionsToElement, type CardPlace, type Press, selectToElements, waitingSelects } from './render-action';
import { keepSpaces } from './text';

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
      return [{ type: 'Image', url: block.url, altText: block.alt, size: 'Stretch' }];
    case 'file':
      return [
        runs([
          run('📄 '),
          run(block.name, { weight: 'Bolder' }),
          ...(block.detail === '' ? [] : [run(` · ${block.detail}`, { isSubtle: true })]),
        ]),
        actionsToElement([{ label: 'Download', url: block.url }], press),
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
    columns: [{ width: 1 }, { width: 3 }],
    rows: block.facts.map((fact) => ({
      type: 'TableRow',
      cells: [cell([plain(fact.label, { weight: 'Bolder' })]), cell([plain(fact.value)])],
    })),
  };
}

function tableToElement(block: TableBlock): Element {
  const header = block.columns.map((column) => cell([plain(column.title, { weight: 'Bolder', size: 'Small' })]));
  const rows = block.rows.map((row) =>
    block.columns.map((_, index) => cell([plain(row[index] ?? '', { size: 'Small' })])),
  );
  return {
    type: 'Table',
    firstRowAsHeader: true,
    columns: block.columns.map((column) => ({
      width: 1,
      ...(column.align === 'right' ? { horizontalCellContentAlignment: 'Right' } : {}),
    })),
    rows: [header, ...rows].map((cells) => ({ type: 'TableRow', cells })),
  };
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
