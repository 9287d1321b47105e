import { type Element, labelOf } from './read-message';
import type { SlackJson } from './workspace';

/** What Slack's client would send, refused here where the client refuses: required fields, lengths, choices that are none. */
export function fillView(blocks: SlackJson[], values: Record<string, string | string[]>): SlackJson {
  const inputs = blocks.filter((block) => block.type === 'input');
  const unknown = Object.keys(values).find((name) => !inputs.some((input) => input.block_id === name));
  if (unknown !== undefined) throw new Error(`the form has no field ${unknown}`);
  const filled: SlackJson = {};
  for (const input of inputs) {
    const element = input.element as Element;
    const state = inputState(element, values[`${input.block_id}`]);
    const empty = [state.value, state.selected_option, state.selected_user].every(
      (one) => one === undefined || one === null,
    );
    const none = Array.isArray(state.selected_options) && state.selected_options.length === 0;
    if (input.optional !== true && (none || (empty && state.selected_options === undefined))) {
      throw new Error(`Slack's client does not send: ${input.block_id} is empty`);
    }
    filled[`${input.block_id}`] = { [`${element.action_id}`]: state };
  }
  return filled;
}

function inputState(element: Element, given: string | string[] | undefined): SlackJson {
  const { type } = element;
  if (type === 'plain_text_input') {
    const value = given ?? element.initial_value ?? null;
    if (String(value ?? '').length > Number(element.max_length ?? 3000))
      throw new Error(`too long for ${element.action_id}`);
    return { type, value: value === '' ? null : value };
  }
  if (type === 'users_select') return { type, selected_user: given ?? element.initial_user ?? null };
  if (type === 'checkboxes') {
    const on = given === undefined ? element.initial_options !== undefined : given === 'true';
    return { type, selected_options: on ? element.options : [] };
  }
  const initial = (element.initial_options ?? (element.initial_option ? [element.initial_option] : [])) as {
    value: string;
  }[];
  const choices =
    given === undefined ? initial.map((option) => option.value) : [given].flat().filter((one) => one !== '');
  return chosenState(element, choices);
}

/** As Slack sends a select's choices, by label or value. */
export function chosenState(element: Element, choices: string[]): SlackJson {
  const options = (element.options ?? []) as { value: string; text: SlackJson }[];
  const chosen = choices.map((choice) => {
    const option = options.find((one) => one.value === choice || labelOf(one.text) === choice);
    if (option === undefined) throw new Error(`no choice “${choice}”`);
    return option;
  });
  if (element.type === 'static_select') return { type: element.type, selected_option: chosen[0] ?? null };
  return { type: element.type, selected_options: chosen };
}
