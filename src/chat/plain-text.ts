import type { Block, Card, ProgressState, TableBlock } from './card';
import { rowsNote } from './fit-block';
import { monospaceTable } from './monospace-table';

/** The whole card as text: for notifications, transcripts and wherever no blocks can be shown. Not escaped. */
export function cardToText(card: Card): string {
  return [card.title, ...card.blocks.map(blockToText)].filter((part) => part !== '').join('\n');
}

const STATES: Record<ProgressState, string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

function blockToText(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'text':
    case 'code':
    case 'note':
      return block.text;
    case 'facts':
      return block.facts.map((fact) => `${fact.label}: ${fact.value}`).join('\n');
    case 'table':
      return tableToText(block);
    case 'progress':
      return block.items
        .map((item) => [STATES[item.state], item.label, item.detail].filter(Boolean).join(' · '))
        .join('\n');
    case 'image':
      return `[picture: ${block.alt}]`;
    case 'file':
      return `[file: ${block.name}${block.detail === '' ? '' : `, ${block.detail}`}]`;
    case 'select':
      return `[choose: ${block.label}]`;
    case 'actions':
      return block.buttons.map((button) => `[${button.label}]`).join(' ');
    case 'divider':
      return '';
    default:
      return block satisfies never;
  }
}

function tableToText(table: TableBlock): string {
  const note = rowsNote(table, table.rows.length);
  return note === undefined ? monospaceTable(table) : `${monospaceTable(table)}\n${note}`;
}
