import type { types } from '@slack/bolt';
import { z } from 'zod';
import { cutText, headOf } from '../../src/chat/cut-text';
import type { Form, FormField } from '../../src/chat/form';
import { FieldValues } from '../../src/chat/inbound';
import { viewLimits } from './limits';
import { PART, pieceValue } from './long-value';
import { jsonOrUndefined } from './press-value';
import { personId, plainLength, plainText } from './text';

/** Where a form was opened, carried in the view, because a submission names no channel. */
const ViewPlace = z.object({
  c: z.string().min(1).max(100),
  a: FieldValues,
  channel: z.string().min(1).max(200),
  root: z.string().max(200).optional(),
  direct: z.boolean().optional(),
  /** The card that was pressed. */
  message: z.string().max(200).optional(),
  /** The response_url of the press or the slash command. */
  respond: z.string().max(500).optional(),
  /** The card that was pressed is seen by its reader alone. */
  ephemeral: z.boolean().optional(),
});
export type ViewPlace = z.infer<typeof ViewPlace>;

/** A modal. Longer values than one input takes are spread over several inputs and joined again when they come back. */
export function formToView(form: Form, place: Omit<ViewPlace, 'c' | 'a'>): types.ModalView {
  const whole: ViewPlace = { c: form.command, a: form.args, ...place };
  const metadata = JSON.stringify(whole);
  const intro = form.intro === undefined || form.intro === '' ? [] : [context(form.intro)];
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(form.title || 'Talbot', viewLimits.title),
    submit: plain(form.submit || 'Save', viewLimits.submit),
    close: plain('Cancel', viewLimits.submit),
    private_metadata: metadata.length <= viewLimits.privateMetadata ? metadata : tooMuch(form.command),
    blocks: [...intro, ...form.fields.flatMap(fieldToInputs)],
  };
}

export function placeFromView(privateMetadata: string): ViewPlace | undefined {
  const parsed = ViewPlace.safeParse(jsonOrUndefined(privateMetadata));
  return parsed.success ? parsed.data : undefined;
}

function fieldToInputs(field: FormField): types.InputBlock[] {
  const { control } = field;
  if (control.type !== 'lines') return [input(field, field.name, field.label, controlToElement(field), field.hint)];
  const pieces = pieceValue(text(field.value));
  return pieces.map((piece, index) => {
    const of = pieces.length === 1 ? '' : ` (${index + 1} of ${pieces.length})`;
    const element: types.PlainTextInput = {
      type: 'plain_text_input',
      action_id: 'value',
      multiline: true,
      max_length: Math.min(Math.max(control.max, piece.text.length, 1), viewLimits.input),
      ...(piece.text !== '' && { initial_value: piece.text }),
      ...(control.placeholder !== undefined && { placeholder: plain(control.placeholder, viewLimits.placeholder) }),
    };
    const blockId = index === 0 ? field.name : `${field.name}${PART}${piece.joint}${index}`;
    return input(index === 0 ? field : { ...field, required: false }, blockId, field.label + of, element, field.hint);
  });
}

function controlToElement(field: FormField): types.InputBlockElement {
  const { control } = field;
  const shared = { action_id: 'value' };
  switch (control.type) {
    case 'text':
    case 'lines': {
      const initial = text(field.value);
      return {
        ...shared,
        type: 'plain_text_input',
        max_length: Math.min(Math.max(control.max, initial.length, 1), viewLimits.input),
        ...(initial !== '' && { initial_value: headOf(initial, viewLimits.input) }),
        ...(control.placeholder && { placeholder: plain(control.placeholder, viewLimits.placeholder) }),
      };
    }
    case 'choice': {
      const options = optionsOf(control.options, [text(field.value)]);
      if (options.length === 0) return nothingToChoose();
      const initial = options.find((option) => option.value === text(field.value));
      return { ...shared, type: 'static_select', options, ...(initial && { initial_option: initial }) };
    }
    case 'choices': {
      const chosen = list(field.value);
      const options = optionsOf(control.options, chosen);
      if (options.length === 0) return nothingToChoose();
      const initial = options.filter((option) => chosen.includes(option.value));
      return {
        ...shared,
        type: 'multi_static_select',
        options,
        ...(initial.length > 0 && { initial_options: initial }),
      };
    }
    case 'switch': {
      const on = { text: plain('Yes', viewLimits.optionLabel), value: 'true' };
      return {
        ...shared,
        type: 'checkboxes',
        options: [on],
        ...(text(field.value) === 'true' && { initial_options: [on] }),
      };
    }
    case 'person': {
      const initial = personId(text(field.value));
      return { ...shared, type: 'users_select', ...(initial !== undefined && { initial_user: initial }) };
    }
    default:
      return control satisfies never;
  }
}

/** Slack takes no select without choices. */
function nothingToChoose(): types.PlainTextInput {
  return { type: 'plain_text_input', action_id: 'value', placeholder: plain('Nothing to choose from', 150) };
}

function input(
  field: FormField,
  block_id: string,
  label: string,
  element: types.InputBlockElement,
  hint: string | undefined,
): types.InputBlock {
  const words = [leftOut(field), hint].filter((part) => part !== undefined && part !== '').join(' · ');
  return {
    type: 'input',
    block_id,
    label: plain(label || field.name, viewLimits.label),
    optional: !field.required || field.control.type === 'switch',
    element,
    ...(words !== '' && { hint: plain(words, viewLimits.hint) }),
  };
}

function leftOut(field: FormField): string | undefined {
  const { control } = field;
  if (control.type !== 'choice' && control.type !== 'choices') return undefined;
  const left = control.options.length - optionsOf(control.options, list(field.value)).length;
  return left === 0 ? undefined : `… and ${left} more choices: narrow with words`;
}

function optionsOf(options: readonly { value: string; label: string }[], chosen: readonly string[]): Option[] {
  const usable = options.filter((option) => option.value !== '' && option.value.length <= viewLimits.optionValue);
  const first = usable.filter((option) => chosen.includes(option.value));
  const others = usable.filter((option) => !chosen.includes(option.value)).slice(0, viewLimits.options - first.length);
  const kept = new Set([...first.slice(0, viewLimits.options), ...others]);
  return usable
    .filter((option) => kept.has(option))
    .map((option) => ({ text: plain(option.label || option.value, viewLimits.optionLabel), value: option.value }));
}

interface Option {
  text: types.PlainTextElement;
  value: string;
}

function text(value: string | string[] | undefined): string {
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
}

function list(value: string | string[] | undefined): string[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

function tooMuch(command: string): never {
  throw new Error(`The form of ${command} carries more than the 3,000 characters of a Slack view`);
}

function plain(words: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: plainText(cutText(words, max, plainLength)), emoji: false };
}

function context(words: string): types.ContextBlock {
  return { type: 'context', elements: [plain(words, 3000)] };
}
