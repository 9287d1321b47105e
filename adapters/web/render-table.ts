import type { TableBlock } from '../../src/chat/card';
import { rowsNote } from '../../src/chat/fit-block';
import { isWiderThan } from '../../src/chat/table-records';
import { attribute, textToHtml, withSymbols } from './text';

/** What a phone shows side by side; the style sheet reads a wider table row by row there. */
const phoneCharacters = 44;

/** A table in a frame of its own that scrolls sideways; what it does not show is said below it. */
export function renderTable(block: TableBlock): string {
  const exact = block.columns.map((_, column) => isExact(block.rows.map((row) => row[column] ?? '')));
  const classes = block.columns.map(({ align }, column) =>
    [align === 'right' ? 'right' : '', exact[column] ? 'mono' : ''].filter(Boolean).join(' '),
  );
  const head = block.columns.map(({ title }, column) => cell('th scope="col"', classes[column] ?? '', title)).join('');
  const numbered = block.columns[0]?.title === '#';
  const labels = block.columns.map(({ title, align }, column) =>
    column === 0 || (column === 1 && !numbered && align !== 'right') ? '' : title,
  );
  const rows = block.rows.map(
    (row) =>
      `<tr>${block.columns.map((_, column) => cell('td', classes[column] ?? '', row[column] ?? '', labels[column])).join('')}</tr>`,
  );
  const left = rowsNote(block, block.rows.length);
  const note = left === undefined ? '' : `<p class="block-note">${textToHtml(left)}</p>`;
  const size = `Table of ${block.rows.length} rows and ${block.columns.length} columns`;
  const wide = isWiderThan(block, phoneCharacters) ? ' wide' : '';
  return `<div class="block-table${wide}" tabindex="0" role="group" aria-label="${size}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>${note}`;
}

/** `label` stands before the value where the page reads a wide table row by row. */
function cell(tag: string, classes: string, text: string, label = ''): string {
  const name = tag.split(' ')[0] ?? tag;
  const said = label === '' || text === '' ? '' : ` data-label="${attribute(withSymbols(label))}"`;
  return `<${tag}${classes === '' ? '' : ` class="${classes}"`}${said}>${text === '' ? '' : textToHtml(text)}</${name}>`;
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
