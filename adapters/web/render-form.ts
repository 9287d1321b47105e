import type { Control, Form, FormField } from '../../src/chat/form';
import { shortSelect } from './limits';
import { localPeople } from './local-people';
import { attribute, textToHtml, withSymbols } from './text';

/** The inside of a <dialog>: a <form> whose faults get written into `[data-error-for]`. Every string of the form is escaped in it. */
export function renderForm(form: Form): string {
  const intro = form.intro === undefined ? '' : `<p class="block-note">${textToHtml(form.intro)}</p>`;
  const fields = form.fields.map(renderField).join('');
  return `<form class="form" novalidate><header><h2>${textToHtml(form.title)}</h2><button type="button" class="icon-button" data-close aria-label="Close"><span class="icon icon-close"></span></button></header><div class="form-body">${intro}<p class="error form-error" data-error-for="form" role="alert" hidden></p>${fields}</div><footer><button type="button" class="button" data-close>Cancel</button><button type="submit" class="button primary">${textToHtml(form.submit)}</button></footer></form>`;
}

function renderField(field: FormField): string {
  const name = attribute(field.name);
  const id = `field-${name}`;
  const hint = field.hint === undefined ? '' : `<p class="hint" id="hint-${name}">${textToHtml(field.hint)}</p>`;
  const error = `<p class="error" id="error-${name}" data-error-for="${name}" role="alert" hidden></p>`;
  const described = `${field.hint === undefined ? '' : `hint-${name} `}error-${name}`;
  const optional = field.required ? '' : '<span class="optional">optional</span>';
  const label = `${textToHtml(field.label)}${optional}`;
  const common = `name="${name}" aria-describedby="${described}"${field.required ? ' required aria-required="true"' : ''}`;
  const inner = renderControl(field, field.control, id, common);
  if (field.control.type === 'choices') {
    return `<fieldset class="field" data-field="${name}" data-kind="choices" aria-describedby="${described}"><legend>${label}</legend>${hint}${inner}${error}</fieldset>`;
  }
  if (field.control.type === 'switch') {
    return `<div class="field" data-field="${name}" data-kind="switch"><label class="switch-row">${inner}<span>${textToHtml(field.label)}</span></label>${hint}${error}</div>`;
  }
  return `<div class="field" data-field="${name}" data-kind="one"><label for="${id}">${label}</label>${hint}${inner}${error}</div>`;
}

function renderControl(field: FormField, control: Control, id: string, common: string): string {
  const values = field.value === undefined ? [] : [field.value].flat();
  const value = values[0] ?? '';
  switch (control.type) {
    case 'text':
      return `<input type="text" id="${id}" ${common} maxlength="${control.max}" value="${attribute(value)}"${placeholder(control.placeholder)} autocomplete="off">`;
    case 'lines':
      // The first line feed after <textarea> is dropped by the HTML parser, so one is added for it to drop.
      return `<textarea id="${id}" ${common} maxlength="${control.max}" rows="${control.code ? 8 : 4}"${control.code ? ' class="mono" spellcheck="false"' : ''}${placeholder(control.placeholder)}>\n${attribute(value)}</textarea>`;
    case 'choice':
      return choice(control.options, values, id, common, field.required);
    case 'person':
      return choice(
        localPeople.map((person) => ({ value: person.id, label: person.name })),
        values,
        id,
        common,
        field.required,
      );
    case 'choices':
      return choices(control.options, values, field.name);
    case 'switch':
      return `<input type="checkbox" role="switch" id="${id}" ${common}${value === 'true' ? ' checked' : ''}>`;
    default:
      return control satisfies never;
  }
}

type Options = readonly { value: string; label: string }[];

function choice(options: Options, values: readonly string[], id: string, common: string, required: boolean): string {
  const none = required && values.length > 0 ? '' : `<option value="">${required ? 'Choose …' : '–'}</option>`;
  const html = options.map(
    ({ value, label }) =>
      `<option value="${attribute(value)}"${values.includes(value) ? ' selected' : ''}>${attribute(withSymbols(label))}</option>`,
  );
  return `<select id="${id}" ${common}>${none}${html.join('')}</select>`;
}

function choices(options: Options, values: readonly string[], name: string): string {
  const filter =
    options.length > shortSelect
      ? `<input type="search" class="filter" placeholder="Filter ${options.length} choices" aria-label="Filter the choices">`
      : '';
  const html = options.map(
    ({ value, label }) =>
      `<li><label><input type="checkbox" name="${attribute(name)}" value="${attribute(value)}"${values.includes(value) ? ' checked' : ''}><span>${textToHtml(label)}</span></label></li>`,
  );
  return `<div class="picker-list">${filter}<ul>${html.join('')}</ul><p class="picker-none" hidden>Nothing matches</p></div>`;
}

function placeholder(text: string | undefined): string {
  return text === undefined ? '' : ` placeholder="${attribute(withSymbols(text))}"`;
}
