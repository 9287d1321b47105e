import type { SelectBlock } from '../../src/chat/card';
import { shortSelect } from './limits';
import { attribute, textToHtml, withSymbols } from './text';

/** A short single choice is the browser's own control; a long one, or several, a list of marks with a filter. */
export function renderSelect(block: SelectBlock): string {
  const act =
    block.act === 'wait'
      ? ''
      : ` data-choose="${attribute(block.act.command)}" data-args="${attribute(JSON.stringify(block.act.args))}"`;
  const single = block.several !== true;
  const control = single && block.options.length <= shortSelect ? nativeSelect(block) : picker(block);
  return `<div class="block-select" data-field="${attribute(block.field)}"${block.several === true ? ' data-several' : ''}${act}>${control}</div>`;
}

function nativeSelect(block: SelectBlock): string {
  const none = block.chosen?.length ? '' : '<option value="">Choose …</option>';
  const options = block.options.map(({ value, label }) => {
    const selected = block.chosen?.includes(value) ? ' selected' : '';
    return `<option value="${attribute(value)}"${selected}>${attribute(withSymbols(label))}</option>`;
  });
  return `<label><span class="label">${textToHtml(block.label)}</span><select>${none}${options.join('')}</select></label>`;
}

// A form of its own keeps the marks of two cards apart where their fields share a name.
function picker(block: SelectBlock): string {
  const kind = block.several === true ? 'checkbox' : 'radio';
  const options = block.options.map(({ value, label }) => {
    const checked = block.chosen?.includes(value) ? ' checked' : '';
    return `<li><label><input type="${kind}" name="${attribute(block.field)}" value="${attribute(value)}"${checked}><span>${textToHtml(label)}</span></label></li>`;
  });
  const chosen = block.options.filter(({ value }) => block.chosen?.includes(value)).map(({ label }) => label);
  const shown = chosen.length === 0 ? 'Choose …' : chosen.length > 3 ? `${chosen.length} chosen` : chosen.join(', ');
  const filter =
    block.options.length > shortSelect
      ? `<input type="search" class="filter" placeholder="Filter ${block.options.length} choices" aria-label="Filter the choices">`
      : '';
  const done = block.several === true ? '<button type="button" class="button small picker-done">Done</button>' : '';
  return `<details class="picker"><summary><span class="label">${textToHtml(block.label)}</span><span class="picker-shown">${textToHtml(shown)}</span></summary><form class="picker-list">${filter}<ul>${options.join('')}</ul><p class="picker-none" hidden>Nothing matches</p>${done}</form></details>`;
}
