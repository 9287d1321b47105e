import type { Cell } from '../ports/query-engine';
import { cellText } from '../views/cell-text';
import { compareCells } from './compare-cells';

type Test = (row: readonly Cell[], text: () => string) => boolean;

const condition = /^([^\s=<>!]+)(!=|<>|>=|<=|==?|>|<)(.*)$/s;

/**
 * Words that all have to be in a row, and conditions on columns: `Account=svc*`, `EventID>4624`, `State!=ok`. What names no column is a
 * word. Quotes hold words together.
 */
export function rowFilter(filter: string, columns: readonly { name: string }[]): (row: readonly Cell[]) => boolean {
  const pieces = filter.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  const tests = pieces.map((piece) => testOf(piece.replaceAll('"', ''), columns));
  return (row) => {
    let text: string | undefined;
    const whole = () => {
      text ??= row.map(cellText).join('\n').toLowerCase();
      return text;
    };
    return tests.every((test) => test(row, whole));
  };
}

function testOf(piece: string, columns: readonly { name: string }[]): Test {
  const [, name = '', operator = '', value = ''] = condition.exec(piece) ?? [];
  const at = name === '' ? -1 : columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (at < 0) {
    const word = piece.toLowerCase();
    return (_row, text) => text().includes(word);
  }
  if (operator === '=' || operator === '==') return equals(at, value);
  if (operator === '!=' || operator === '<>') {
    const same = equals(at, value);
    return (row, text) => !same(row, text);
  }
  return (row) => {
    const cell = row[at] ?? null;
    if (cell === null) return false;
    const order = compareCells(cell, comparable(value, cell));
    return operator === '>' ? order > 0 : operator === '<' ? order < 0 : operator === '>=' ? order >= 0 : order <= 0;
  };
}

/** A date that leaves out its time is compared as the text that it is, which sorts as times do. */
function comparable(value: string, cell: Cell): Cell {
  return typeof cell === 'number' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

function equals(at: number, value: string): Test {
  const wanted = value.toLowerCase();
  if (!wanted.includes('*')) return (row) => cellText(row[at] ?? null).toLowerCase() === wanted;
  const parts = wanted.split('*');
  return (row) => {
    const text = cellText(row[at] ?? null).toLowerCase();
    let from = 0;
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1;
      const place =
        index === 0 ? (text.startsWith(part) ? 0 : -1) : last ? text.length - part.length : text.indexOf(part, from);
      if (place < from || (last && !text.endsWith(part))) return false;
      from = place + part.length;
    }
    return true;
  };
}
