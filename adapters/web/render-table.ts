import type { TableBlock } from '../../src/chat/card';
import { rowsNote } from '../../src/chat/fit-block';
import { textToHtml } from './text';

/** A table in a frame of its own that scrolls sideways; what it does not show is said below it. */
export function renderTable(block: TableBlock): string {
  const exact = block.columns.map((_, column) => isExact(block.rows.map((row) => row[column] ?? '')));
  const classes = block.columns.map(({ align }, column) =>
    [align === 'right' ? 'right' : '', exact[column] ? 'mono' : ''].filter(Boolean).join(' '),
  );
  const head = block.columns.map(({ title }, column) => cell('th scope="col"', classes[column] ?? '', title)).join('');
  const rows = block.rows.map(
    (row) =>
      `<tr>${block.columns.map((_, column) => cell('td', classes[column] ?? '', row[column] ?? '')).join('')}</tr>`,
  );
  const left = rowsNote(block, block.rows.length);
  const note = left === undefined ? '' : `<p class="block-note">${textToHtml(left)}</p>`;
  const size = `Table of ${block.rows.length} rows and ${block.columns.length} columns`;
  return `<div class="block-table" tabindex="0" role="group" aria-label="${size}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${note}`;
}

function cell(tag: string, classes: string, text: string): string {
  const name = tag.split(' ')[0] ?? tag;
  return `<${tag}${classes === '' ? '' : ` class="${classes}"`}>${textToHtml(text)}</${name}>`;
}

/** Times, addresses, hashes, paths and the like are compared character by character, so they get letters of one width. */
function isExact(values: readonly string[]): boolean {
  const filled = values.filter((value) => value !== '');
  if (filled.length === 0) return false;
  const exact = filled.filter(
    (value) => /\d/.test(value) && !/\s[a-z]+\s/i.test(value) && /^[\x20-\x7e]+$/.test(value),
  );
  return exact.length * 3 >= filled.length * 2;
}
