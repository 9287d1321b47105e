import { api, type FieldValues, newWish } from './api.js';
import { confirmDialog, formDialog } from './dialogs.js';
import { chosenIn, closePicker, filterPicker, syncPickers, walkPicker } from './pickers.js';
import type { Store } from './store.js';
import type { WireOutcome } from './wire';

/** Everything that can be pressed, chosen, filtered or copied inside cards and forms, caught once for the whole page. */
export function listenToCards(store: Store): void {
  const chosenBefore = new WeakMap<Element, string>();

  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest<HTMLButtonElement>('button[data-press]');
    if (button !== null) return void pressButton(button);
    const copy = event.target.closest<HTMLButtonElement>('button[data-copy]');
    if (copy !== null) return void copyText(copy);
    if (event.target.closest('.picker-done') !== null) {
      const picker = event.target.closest<HTMLDetailsElement>('details.picker');
      if (picker !== null) closePicker(picker);
    }
    for (const open of document.querySelectorAll<HTMLDetailsElement>('details.picker[open]')) {
      if (!open.contains(event.target)) closePicker(open);
    }
  });

  document.addEventListener('change', (event) => {
    if (!(event.target instanceof Element)) return;
    const select = event.target.closest<HTMLElement>('.block-select');
    if (select === null || event.target.matches('.filter')) return;
    syncPickers(select.closest('.card') ?? select);
    const picker = select.querySelector<HTMLDetailsElement>('details.picker');
    if (picker === null) return void choose(select);
    if (select.dataset.several === undefined) {
      closePicker(picker);
      void choose(select);
    }
  });

  document.addEventListener(
    'toggle',
    (event) => {
      const picker = event.target;
      if (!(picker instanceof HTMLDetailsElement) || !picker.matches('details.picker')) return;
      const select = picker.closest<HTMLElement>('.block-select');
      if (select === null) return;
      const now = JSON.stringify(chosenIn(picker));
      if (picker.open) {
        chosenBefore.set(picker, now);
        picker.querySelector<HTMLElement>('.filter, input')?.focus();
        picker.scrollIntoView({ block: 'nearest' });
      } else if (select.dataset.several !== undefined && chosenBefore.get(picker) !== now) void choose(select);
    },
    true,
  );

  document.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches('.filter')) filterPicker(event.target);
  });

  // A list inside a card is a form of its own only to keep its marks apart: it is never sent.
  document.addEventListener('submit', (event) => {
    if (event.target instanceof Element && event.target.matches('.picker-list')) event.preventDefault();
  });

  document.addEventListener('keydown', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('.picker-list') === null) return;
    const input = event.target;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      // Focus moves, the mark stays: a choice is made with Enter or Space.
      event.preventDefault();
      if (input instanceof HTMLInputElement) walkPicker(input, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && input instanceof HTMLInputElement && !input.matches('.filter')) {
      event.preventDefault();
      input.click();
    }
  });

  async function choose(select: HTMLElement): Promise<void> {
    const command = select.dataset.choose;
    if (command === undefined) return;
    if (select.dataset.several === undefined && chosenOf(select) === '') return;
    await press(select, command, argsOf(select));
  }

  async function pressButton(button: HTMLButtonElement): Promise<void> {
    if (button.ariaBusy === 'true') return;
    const { confirm, press: command = '' } = button.dataset;
    if (confirm !== undefined) {
      const yes = await confirmDialog({ ...JSON.parse(confirm), danger: button.classList.contains('danger') });
      if (!yes) return;
    }
    await press(button, command, argsOf(button));
  }

  async function press(control: HTMLElement, command: string, args: FieldValues): Promise<void> {
    const holder = control.closest<HTMLElement>('[data-message]');
    const message = holder?.dataset.message;
    if (holder === null || message === undefined) return;
    control.ariaBusy = 'true';
    store.wasPressed(message);
    try {
      const values = valuesIn(control.closest('.card') ?? control);
      const outcome = await api.press(store.state.person, { message, command, args, values, once: newWish() });
      follow(outcome, message);
    } catch (error) {
      store.fault(error);
    } finally {
      control.ariaBusy = null;
    }
  }

  function follow(outcome: WireOutcome, message?: string): void {
    if (outcome.kind === 'form') {
      const { channel, thread } = store.state;
      const origin = { channel, root: thread, ...(message !== undefined && { message }) };
      formDialog(store, outcome.form, origin, (next) => follow(next, message));
    } else if (outcome.kind === 'posted') {
      store.put(outcome.message);
      const { root, channel } = outcome.message;
      if (root !== undefined && channel === store.state.channel && root !== store.state.thread) store.openThread(root);
    } else if (outcome.kind === 'field-errors') {
      store.notice(Object.values(outcome.errors).join(' '), 'danger');
    }
  }
}

function argsOf(control: HTMLElement): FieldValues {
  return JSON.parse(control.dataset.args ?? '{}');
}

function chosenOf(select: HTMLElement): string | string[] {
  const native = select.querySelector('select');
  if (native !== null) return native.value;
  const chosen = chosenIn(select);
  return select.dataset.several === undefined ? (chosen[0] ?? '') : chosen;
}

/** What the card's selects hold; one where nothing was chosen is left out. */
function valuesIn(card: Element): FieldValues {
  const values: FieldValues = {};
  for (const select of card.querySelectorAll<HTMLElement>('.block-select')) {
    const value = chosenOf(select);
    if (value !== '' && select.dataset.field !== undefined) values[select.dataset.field] = value;
  }
  return values;
}

async function copyText(button: HTMLButtonElement): Promise<void> {
  const label = button.querySelector('span');
  if (label === null) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    label.textContent = 'Copied';
  } catch {
    label.textContent = 'Press Ctrl C';
    const code = button.closest('figure')?.querySelector('code');
    if (code) getSelection()?.selectAllChildren(code);
  }
  setTimeout(() => {
    label.textContent = 'Copy';
  }, 1600);
}
