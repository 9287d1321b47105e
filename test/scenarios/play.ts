import type { Card } from '../../src/chat/card';
import type { House } from './house';
import type { Step } from './hunt-script';
import type { Hunter } from './hunter';
import type { Recorder } from './recorder';
import { until } from './web-hunter';

export interface Played {
  /** For each step what was said, neutral and without names, times and addresses. */
  steps: unknown[];
  /** How every posted card looked in the end. */
  cards: unknown[];
}

/** Plays the steps one after another; each waits for all that it must lead to. */
export async function play(
  hunter: Hunter,
  { recorder, stores }: Pick<House, 'recorder' | 'stores'>,
  steps: readonly Step[],
): Promise<Played> {
  const played: unknown[] = [];
  const faults: string[] = [];
  for (const [i, step] of steps.entries()) {
    const before = recorder.said.length;
    const heard = recorder.heard.length;
    const label = `step ${i + 1}, ${JSON.stringify(step)}`;
    if (step.do === 'wait') {
      await until(label, async () =>
        (await stores.runs.get(step.run))?.queries[0]?.state === step.until ? true : undefined,
      );
      continue;
    }
    try {
      await perform(hunter, step);
      if (step.do !== 'redeliver') await until(label, async () => (recorder.heard.length > heard ? true : undefined));
      await until(label, async () => (recorder.said.length >= before + step.sees.length ? true : undefined));
    } catch (error) {
      const said = recorder.said.slice(before).map(({ line }) => line);
      throw new Error(`${label}: ${error instanceof Error ? error.message : String(error)}\nsaid: ${said.join('\n')}`);
    }
    const said = recorder.said.slice(before);
    const lines = said.map(({ line }) => neutral(line)).sort();
    const wanted = [...step.sees].sort();
    const fits = lines.length === wanted.length && wanted.every((want, at) => String(lines[at]).startsWith(want));
    if (!fits) faults.push(`${label} led to ${JSON.stringify(lines)}`);
    played.push({ step, said: said.sort((a, b) => (a.line < b.line ? -1 : 1)).map(neutral) });
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return { steps: played, cards: recorder.cards.map(({ card }) => neutral(card)) };
}

function perform(hunter: Hunter, step: Exclude<Step, { do: 'wait' }>): Promise<void> {
  switch (step.do) {
    case 'command':
      return hunter.command(step.words);
    case 'mention':
      return hunter.mention(step.words, step.where ?? 'hunt');
    case 'reply':
      return hunter.reply(step.name, step.words, step.where ?? 'hunt');
    case 'edit':
      return hunter.edit(step.name, step.words);
    case 'remove':
      return hunter.remove(step.name);
    case 'press':
      return hunter.press(step.on, step.button);
    case 'choose':
      return hunter.choose(step.on, step.select, step.choices, step.button);
    case 'submit':
      return hunter.submit(step.values);
    case 'redeliver':
      return hunter.redeliver();
    default:
      return step satisfies never;
  }
}

const names: [RegExp, string][] = [
  [/Ada Lovelace|Ada Night|\bada\b/g, 'ADA'],
  [/Grace Hopper|Lee Marsh/g, 'OTHER'],
  [/ADA on [^,]{1,20},/g, 'ADA on CHAT,'],
  [/ADA on (?:Slack|Teams|the local page)$/g, 'ADA on CHAT'],
  [/http:\/\/127\.0\.0\.1:\d+\/files\/[\w.-]+/g, 'LINK'],
  [/\b(?:under a second|[\d.]+ (?:ms|s|min|h)\b(?: \d+ (?:s|min)\b)?)/g, 'TIME'],
  // All times but those of the logs.
  [/\b(?!2026-11-(?:1\d|2[01]))2\d{3}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?(?: UTC)?)?/g, 'WHEN'],
];

/** Without what differs from chat to chat and from run to run: names, links, times of the clock. */
export function neutral(value: unknown): unknown {
  if (typeof value === 'string') return names.reduce((text, [from, to]) => text.replace(from, to), value);
  if (Array.isArray(value)) return value.map(neutral);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return value;
  const hidden = ['messageId', 'thread'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !hidden.includes(key))
      .map(([key, inner]) => [key, neutral(inner)]),
  );
}

export function cardNamed(recorder: Recorder, beginning: string): Card {
  const found = recorder.cards.find(({ card }) => card.title.startsWith(beginning));
  if (found === undefined) throw new Error(`no card ${beginning}`);
  return found.card;
}
