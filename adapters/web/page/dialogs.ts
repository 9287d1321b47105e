import { ApiError, api, type FieldValues, newWish, type Place } from './api.js';
import { chosenIn } from './pickers.js';
import { fragmentOf } from './server-html.js';
import type { Store } from './store.js';
import type { WireForm, WireOutcome } from './wire';

function openDialog(className: string): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.className = className;
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-close]')) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

export interface Question {
  title: string;
  text: string;
  yes: string;
  danger: boolean;
}

/** Resolves to whether the person said yes. */
export function confirmDialog({ title, text, yes, danger }: Question): Promise<boolean> {
  const dialog = openDialog('confirm');
  const heading = document.createElement('h2');
  heading.id = 'confirm-title';
  heading.textContent = title;
  const words = document.createElement('p');
  words.textContent = text;
  const no = document.createElement('button');
  no.className = 'button';
  no.textContent = 'Cancel';
  const go = document.createElement('button');
  go.className = `button ${danger ? 'danger' : 'primary'}`;
  go.textContent = yes;
  const buttons = document.createElement('footer');
  buttons.append(no, go);
  dialog.append(heading, words, buttons);
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  return new Promise((resolve) => {
    no.addEventListener('click', () => dialog.close());
    go.addEventListener('click', () => dialog.close('yes'));
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
    dialog.showModal();
    (danger ? no : go).focus();
  });
}

const SHORTCUTS: [string, string][] = [
  ['/', 'Start a command'],
  ['↑', 'In an empty box: what you typed before'],
  ['Tab', 'Take the suggestion'],
  ['Enter', 'Send'],
  ['Shift Enter', 'New line'],
  ['Alt ↑ / Alt ↓', 'Previous or next channel'],
  ['Alt 1 2 3', 'Become Ada, Lee or Mo'],
  ['Esc', 'Close what is open, the thread last'],
  ['?', 'This list'],
];

export function shortcutsDialog(): void {
  const dialog = openDialog('shortcuts');
  const heading = document.createElement('h2');
  heading.textContent = 'Keyboard';
  const list = document.createElement('dl');
  for (const [keys, does] of SHORTCUTS) {
    const term = document.createElement('dt');
    for (const key of keys.split(' ')) {
      const element = document.createElement(key === '/' && keys !== '/' ? 'span' : 'kbd');
      element.textContent = key;
      term.append(element);
    }
    const detail = document.createElement('dd');
    detail.textContent = does;
    list.append(term, detail);
  }
  const close = document.createElement('button');
  close.className = 'button primary';
  close.dataset.close = '';
  close.textContent = 'Close';
  const footer = document.createElement('footer');
  footer.append(close);
  dialog.append(heading, list, footer);
  dialog.showModal();
}

/** A form in a dialog; stays open, with its faults beside the fields, until it is taken or closed. */
export function formDialog(
  store: Store,
  form: WireForm,
  origin: Place & { message?: string },
  done: (outcome: WireOutcome) => void,
): void {
  const dialog = openDialog('sheet');
  dialog.append(fragmentOf(form.html));
  const element = dialog.querySelector('form');
  if (element === null) return;
  const title = dialog.querySelector('h2');
  if (title !== null) title.id = 'form-title';
  dialog.setAttribute('aria-labelledby', 'form-title');
  // Each try is a wish of its own: a corrected form is not the one that was turned down.
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) element.requestSubmit();
  });
  element.addEventListener('input', (event) => {
    const field = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-field]') : null;
    if (field !== null) showError(dialog, field.dataset.field ?? '', undefined);
  });
  dialog.showModal();
  element.querySelector<HTMLElement>('.form-body input, .form-body textarea, .form-body select')?.focus();

  async function submit(): Promise<void> {
    const go = dialog.querySelector<HTMLButtonElement>('button[type=submit]');
    if (go === null || go.ariaBusy === 'true') return;
    clearErrors(dialog);
    const missing = missingFields(dialog);
    if (missing.length > 0)
      return showErrors(dialog, Object.fromEntries(missing.map((name) => [name, 'Please fill this in.'])));
    go.ariaBusy = 'true';
    try {
      const { command, args } = form;
      const outcome = await api.submit(store.state.person, {
        ...origin,
        command,
        args,
        values: valuesOf(dialog),
        once: newWish(),
      });
      if (outcome.kind === 'field-errors') return showErrors(dialog, outcome.errors);
      dialog.close();
      done(outcome);
    } catch (error) {
      showErrors(dialog, { form: error instanceof ApiError ? error.message : 'Something broke on this page.' });
    } finally {
      go.ariaBusy = null;
    }
  }
}

function fieldsOf(dialog: Element): { name: string; kind: string; element: HTMLElement }[] {
  return [...dialog.querySelectorAll<HTMLElement>('[data-field]')].map((element) => ({
    name: element.dataset.field ?? '',
    kind: element.dataset.kind ?? 'one',
    element,
  }));
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function controlOf(element: Element): Control | null {
  return element.querySelector<Control>('input, textarea, select');
}

function valuesOf(dialog: Element): FieldValues {
  const values: FieldValues = {};
  for (const { name, kind, element } of fieldsOf(dialog)) {
    const control = controlOf(element);
    if (kind === 'choices') values[name] = chosenIn(element);
    else if (kind === 'switch') values[name] = String(control instanceof HTMLInputElement && control.checked);
    else values[name] = control?.value ?? '';
  }
  return values;
}

function missingFields(dialog: Element): string[] {
  return fieldsOf(dialog)
    .filter(({ kind, element }) => {
      const control = controlOf(element);
      return kind === 'one' && control !== null && control.required && control.value.trim() === '';
    })
    .map(({ name }) => name);
}

function showError(dialog: Element, name: string, message: string | undefined): boolean {
  const place = [...dialog.querySelectorAll<HTMLElement>('[data-error-for]')].find(
    (element) => element.dataset.errorFor === name,
  );
  if (place === undefined) return false;
  place.textContent = message ?? '';
  place.hidden = message === undefined;
  const control = name === 'form' ? null : controlOf(place.closest('[data-field]') ?? place);
  if (message === undefined) control?.removeAttribute('aria-invalid');
  else control?.setAttribute('aria-invalid', 'true');
  return true;
}

function showErrors(dialog: Element, errors: Record<string, string>): void {
  const homeless = Object.entries(errors).filter(([name, message]) => !showError(dialog, name, message));
  if (homeless.length > 0)
    showError(dialog, 'form', homeless.map(([name, message]) => `${name}: ${message}`).join('\n'));
  const first =
    dialog.querySelector<HTMLElement>('[aria-invalid=true]') ??
    dialog.querySelector<HTMLElement>('.form-error:not([hidden])');
  first?.focus();
  first?.scrollIntoView({ block: 'center' });
}

function clearErrors(dialog: Element): void {
  for (const { dataset } of dialog.querySelectorAll<HTMLElement>('[data-error-for]'))
    showError(dialog, dataset.errorFor ?? '', undefined);
}
