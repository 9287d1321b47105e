import type { CardInput } from './read-card';

/** Values by the field's name or label; a choice by its value or its words. */
export type Typed = Record<string, string | string[]>;

/** What the client sends for every input: what it held, or what was typed. Refuses what the client would not let happen. */
export function fillInputs(inputs: CardInput[], typed: Typed): Record<string, string> {
  const left = new Set(Object.keys(typed));
  const filled: Record<string, string> = {};
  for (const input of inputs) {
    const key = [input.id, input.id.replace(/^field:/, ''), input.label].find((name) => left.has(name));
    const value = key === undefined ? input.value : valueFor(input, typed[key] ?? '');
    if (key !== undefined) left.delete(key);
    if (input.required && (value ?? '') === '') throw new Error(`“${input.label}” is required`);
    if (value !== undefined) filled[input.id] = value;
  }
  if (left.size > 0) {
    throw new Error(`no input ${[...left].join(', ')}; there are ${inputs.map((input) => input.id).join(', ')}`);
  }
  return filled;
}

function valueFor(input: CardInput, typed: string | string[]): string {
  const wanted = typeof typed === 'string' ? [typed] : typed;
  if (input.type !== 'Input.ChoiceSet') return wanted.join(',');
  if (wanted.length > 1 && !input.several) throw new Error(`“${input.label}” takes one choice`);
  const values = wanted.filter(Boolean).map((want) => {
    const choice = input.choices.find(
      ({ title, value }) => [title, value].includes(want) || value === encodeURIComponent(want),
    );
    if (choice === undefined && !input.looksUp)
      throw new Error(`“${want}” is not among the choices of “${input.label}”`);
    return choice?.value ?? want;
  });
  return values.join(',');
}
