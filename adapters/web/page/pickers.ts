/** The lists of choices with a filter, in cards and forms. */

export function chosenIn(list: Element): string[] {
  return [...list.querySelectorAll<HTMLInputElement>('ul input:checked')].map((input) => input.value);
}

/** Writes what is chosen where the closed list shows it. */
export function syncPickers(root: ParentNode): void {
  for (const picker of root.querySelectorAll<HTMLDetailsElement>('details.picker')) {
    const shown = picker.querySelector('.picker-shown');
    const labels = [...picker.querySelectorAll('ul input:checked + span')].map((span) => span.textContent ?? '');
    if (shown === null) continue;
    const words = labels.length === 0 ? 'Choose …' : labels.length > 3 ? `${labels.length} chosen` : labels.join(', ');
    if (shown.textContent !== words) shown.textContent = words;
  }
}

export function filterPicker(filter: HTMLInputElement): void {
  const list = filter.closest('.picker-list');
  if (list === null) return;
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of list.querySelectorAll('li')) {
    const text = (item.textContent ?? '').toLowerCase();
    const matches = words.every((word) => text.includes(word));
    item.hidden = !matches;
    if (matches) found += 1;
  }
  const none = list.querySelector<HTMLElement>('.picker-none');
  if (none !== null) none.hidden = found > 0;
}

export function closePicker(picker: HTMLDetailsElement): void {
  const inside = picker.contains(document.activeElement);
  picker.open = false;
  const filter = picker.querySelector<HTMLInputElement>('.filter');
  if (filter !== null && filter.value !== '') {
    filter.value = '';
    filterPicker(filter);
  }
  if (inside) picker.querySelector<HTMLElement>('summary')?.focus();
}

/** Arrow keys walk through the choices that the filter leaves. */
export function walkPicker(from: HTMLInputElement, step: 1 | -1): boolean {
  const list = from.closest('.picker-list');
  if (list === null) return false;
  const stops = [...list.querySelectorAll<HTMLInputElement>('.filter, li:not([hidden]) input')];
  const at = stops.indexOf(from);
  const next = stops[at + step];
  if (at === -1 || next === undefined) return false;
  next.focus();
  return true;
}
