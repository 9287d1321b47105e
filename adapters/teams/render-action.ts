import type { Button, Card, CommandButton, SelectBlock } from '../../src/chat/card';
import type { Element } from './adaptive-card';
import { beside, plain } from './adaptive-card';
import { CARD_VERSION } from './limits';
import { type Carried, encodeChoice, inputId } from './payloads';
import { inertText } from './text';

/** Clients without dialogs (the Agents Playground) do nothing at all on a button that asks for one. */
export type CardPlace = 'message' | 'message-without-dialogs' | 'dialog';

/** Where a card's buttons send to, and which selects of the card they read. */
export interface Press {
  in: CardPlace;
  selects: SelectBlock[];
}

export function waitingSelects(card: Card): SelectBlock[] {
  return card.blocks.filter((block) => block.type === 'select').filter((select) => select.act === 'wait');
}

export function actionsToElement(buttons: Button[], press: Press): Element {
  return { type: 'ActionSet', actions: buttons.map((button) => buttonToAction(button, press)) };
}

function buttonToAction(button: Button, press: Press): Element {
  if ('url' in button) return { type: 'Action.OpenUrl', title: inertText(button.label), url: button.url };
  if (button.confirm === undefined) return commandAction(button.label, button, press);
  return {
    type: 'Action.ShowCard',
    title: inertText(button.label),
    ...styleOf(button),
    card: {
      type: 'AdaptiveCard',
      version: CARD_VERSION,
      body: [plain(button.confirm.title, { weight: 'Bolder' }), plain(button.confirm.text)],
      actions: [commandAction(button.confirm.yes, button, press)],
    },
  };
}

function commandAction(title: string, button: CommandButton, press: Press): Element {
  const data = pressData(button.command, button.args, press.selects);
  const common = { title: inertText(title), ...styleOf(button) };
  if (press.in === 'dialog') return { type: 'Action.Submit', ...common, data };
  if (button.opens === 'form' && press.in === 'message') {
    return { type: 'Action.Submit', ...common, data: { ...data, msteams: { type: 'task/fetch' } } };
  }
  return { type: 'Action.Execute', ...common, verb: 'press', data };
}

/** A choice that acts at once needs a button of its own: a card's inputs tell nobody that they changed. */
export function selectToElements(select: SelectBlock, press: Press): Element[] {
  const several = select.several === true;
  const value = (select.chosen ?? []).map((chosen) => (several ? encodeChoice(chosen) : chosen)).join(',');
  const input: Element = {
    type: 'Input.ChoiceSet',
    id: inputId(select.field),
    label: inertText(select.label),
    style: select.options.length > 8 ? 'filtered' : 'compact',
    isMultiSelect: several,
    choices: select.options.map((option) => ({
      title: inertText(option.label),
      value: several ? encodeChoice(option.value) : option.value,
    })),
    ...(value === '' ? {} : { value }),
  };
  if (select.act === 'wait') return [input];
  const data = pressData(select.act.command, select.act.args, [select]);
  const action =
    press.in === 'dialog'
      ? { type: 'Action.Submit', title: 'Apply', data }
      : { type: 'Action.Execute', title: 'Apply', verb: 'press', data };
  return [beside(input, { type: 'ActionSet', actions: [action] })];
}

function pressData(command: string, args: CommandButton['args'], selects: SelectBlock[]): { talbot: Carried } {
  return {
    talbot: {
      do: 'press',
      command,
      args,
      fields: selects.map((select) => select.field),
      several: selects.filter((select) => select.several === true).map((select) => select.field),
    },
  };
}

function styleOf(button: CommandButton): { style?: 'positive' | 'destructive' } {
  if (button.style === undefined) return {};
  return { style: button.style === 'danger' ? 'destructive' : 'positive' };
}
