import type { Form, FormField } from '../../src/chat/form';
import type { FieldValues } from '../../src/chat/inbound';
import { type AdaptiveCard, adaptiveCard, type Element, plain } from './adaptive-card';
import { MAX_CHOICES } from './limits';
import { type Carried, type CarriedData, embedForm, encodeChoice, inputId, readInput } from './payloads';
import { inertText } from './text';

/** Stands for no choice: Adaptive Cards know no empty one. */
const NO_CHOICE = '—';

interface FormPlace {
  /** A dialog submits to itself; a card in the conversation executes, which works in every client. */
  in: 'dialog' | 'message';
  /** The message whose button opened the form. */
  message?: string;
  /** Faults by field name; `form` is that of the whole. */
  errors?: Record<string, string>;
  /** Whoever the form opens for, offered in a choice of people. */
  asker: { id: string; name: string };
}

/** The form as inputs, with faults beside their fields. A choice among too many keeps the first ones and says so in its hint. */
export function formToAdaptiveCard(given: Form, place: FormPlace): AdaptiveCard {
  const form: Form = { ...given, fields: given.fields.map(cutChoices) };
  const errors = place.errors ?? {};
  const names = new Set(form.fields.map((field) => field.name));
  const others = Object.entries(errors).filter(([name]) => !names.has(name));
  const body: Element[] = [];
  if (place.in === 'message') body.push(plain(form.title, { size: 'Large', weight: 'Bolder' }));
  for (const [, fault] of others) body.push(plain(fault, { color: 'Attention', weight: 'Bolder' }));
  if (form.intro !== undefined) body.push(plain(form.intro, { isSubtle: true, size: 'Small' }));
  for (const field of form.fields) {
    body.push(fieldToInput(field, place));
    if (field.hint !== undefined)
      body.push({ ...plain(field.hint, { isSubtle: true, size: 'Small' }), spacing: 'None' });
    const fault = errors[field.name];
    if (fault !== undefined) body.push({ ...plain(`⚠ ${fault}`, { color: 'Attention' }), spacing: 'None' });
  }
  const carried: Carried = {
    do: 'submit',
    form: embedForm(form),
    ...(place.message === undefined ? {} : { message: place.message }),
  };
  const submit = { title: inertText(form.submit), style: 'positive', data: { talbot: carried } };
  return adaptiveCard(form.title, body, [
    place.in === 'dialog'
      ? { type: 'Action.Submit', ...submit }
      : { type: 'Action.Execute', ...submit, verb: 'submit' },
  ]);
}

/** What the inputs held, by field name. An input that the client left out is left out here too. */
export function readForm(carried: Extract<Carried, { do: 'submit' }>, data: CarriedData): FieldValues {
  const values: FieldValues = {};
  for (const field of carried.form.fields) {
    const value = readInput(data, field.name, field.control.type === 'choices');
    if (value !== undefined) values[field.name] = value === NO_CHOICE && field.control.type === 'choice' ? '' : value;
  }
  return values;
}

/** The form that was submitted, holding what was typed. */
export function submittedForm(carried: Extract<Carried, { do: 'submit' }>, values: FieldValues): Form {
  const { intro, fields, ...form } = carried.form;
  return {
    ...form,
    ...(intro === undefined ? {} : { intro }),
    fields: fields.map((field): FormField => {
      const { hint, control, ...rest } = field;
      const value = values[field.name];
      return {
        ...rest,
        control: tidyControl(control),
        ...(hint === undefined ? {} : { hint }),
        ...(value === undefined ? {} : { value }),
      };
    }),
  };
}

type EmbeddedControl = Extract<Carried, { do: 'submit' }>['form']['fields'][number]['control'];

/** Optional keys that zod gives as undefined are left out. */
function tidyControl(control: EmbeddedControl): FormField['control'] {
  if (control.type === 'text') {
    const { placeholder, ...rest } = control;
    return placeholder === undefined ? rest : { ...rest, placeholder };
  }
  if (control.type === 'lines') {
    const { placeholder, code, ...rest } = control;
    return { ...rest, ...(placeholder === undefined ? {} : { placeholder }), ...(code === undefined ? {} : { code }) };
  }
  return control;
}

function fieldToInput(field: FormField, place: FormPlace): Element {
  const text = typeof field.value === 'string' ? field.value : undefined;
  const several = typeof field.value === 'string' ? [field.value] : (field.value ?? []);
  const common = {
    id: inputId(field.name),
    label: inertText(field.label),
    ...(field.required ? { isRequired: true, errorMessage: inertText(`${field.label} is needed`) } : {}),
  };
  switch (field.control.type) {
    case 'text':
    case 'lines':
      return {
        type: 'Input.Text',
        ...common,
        isMultiline: field.control.type === 'lines',
        maxLength: field.control.max,
        ...(field.control.placeholder === undefined ? {} : { placeholder: inertText(field.control.placeholder) }),
        ...(text === undefined ? {} : { value: text }),
      };
    case 'choice': {
      const choices = field.control.options;
      return {
        type: 'Input.ChoiceSet',
        ...common,
        style: choices.length > 8 ? 'filtered' : 'compact',
        choices: (field.required ? choices : [{ value: NO_CHOICE, label: '—' }, ...choices]).map(toChoice),
        ...(text === undefined ? {} : { value: text }),
      };
    }
    case 'choices': {
      const choices = field.control.options;
      return {
        type: 'Input.ChoiceSet',
        ...common,
        style: choices.length > 8 ? 'filtered' : 'compact',
        isMultiSelect: true,
        choices: choices.map((option) => toChoice({ ...option, value: encodeChoice(option.value) })),
        ...(several.length === 0 ? {} : { value: several.map(encodeChoice).join(',') }),
      };
    }
    case 'switch':
      return { type: 'Input.Toggle', ...common, title: 'Yes', value: text === 'true' ? 'true' : 'false' };
    case 'person':
      return { type: 'Input.ChoiceSet', ...common, ...peoplePicker(several, place.asker) };
    default:
      return field.control satisfies never;
  }
}

/**
 * Teams looks people up in the directory by itself (task-modules-and-cards/cards/people-picker) and gives their object ids; clients
 * without a directory offer the asker and whoever is named already.
 */
function peoplePicker(chosen: string[], asker: FormPlace['asker']): object {
  const known = new Map(chosen.map((id) => [id, id]));
  known.set(asker.id, `${asker.name} (you)`);
  return {
    style: 'filtered',
    choices: [...known].map(([value, label]) => toChoice({ value, label })),
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
    ...(chosen[0] === undefined ? {} : { value: chosen[0] }),
  };
}

function toChoice(option: { value: string; label: string }): { title: string; value: string } {
  return { title: inertText(option.label), value: option.value };
}

function cutChoices(field: FormField): FormField {
  const control = field.control;
  if ((control.type !== 'choice' && control.type !== 'choices') || control.options.length <= MAX_CHOICES) return field;
  const chosen = typeof field.value === 'string' ? [field.value] : (field.value ?? []);
  const options = control.options.filter((option, index) => index < MAX_CHOICES || chosen.includes(option.value));
  const cut = `${options.length} of ${control.options.length} shown; type the command to name another.`;
  return { ...field, hint: [field.hint, cut].filter(Boolean).join(' '), control: { ...control, options } };
}
