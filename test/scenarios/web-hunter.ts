import { createWebAdapter } from '../../adapters/web/app';
import type { WireMessage, WireOutcome, WirePage } from '../../adapters/web/page/wire';
import { StoredCard } from '../../adapters/web/stored-card';
import type { Card } from '../../src/chat/card';
import type { FieldValues } from '../../src/chat/inbound';
import { type House, type HouseOptions, openHouse } from './house';
import type { Hunter, Where } from './hunter';

export interface WebPlace {
  house: House;
  hunter: Hunter;
  close(): Promise<void>;
}

/** A house whose one chat is the local page, spoken to as the page speaks. */
export async function openWebPlace(options: Omit<HouseOptions, 'adapters'>): Promise<WebPlace> {
  const house = await openHouse({ ...options, adapters: (parts) => [createWebAdapter(parts)] });
  const hunter = await createWebHunter(house);
  return { house, hunter, close: () => house.close() };
}

export async function createWebHunter(house: House): Promise<Hunter> {
  const channel = 'hunting';
  const page = await fetch(`${house.url}/`);
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  await page.text();
  const replies = new Map<string, string>();
  const refused: string[] = [];
  let elsewhere: string | undefined;
  let wishes = 0;
  let last: { path: string; body: string } | undefined;
  let pressed: string | undefined;

  async function send<T>(path: string, body: string): Promise<T> {
    const response = await fetch(`${house.url}/chat/${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    if (response.status !== 200) refused.push(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  function post<T>(path: string, body: object): Promise<T> {
    wishes += 1;
    const whole = JSON.stringify({ as: 'ada', tab: 'tab-of-this-test', once: `wish-number-${wishes}`, ...body });
    last = { path, body: whole };
    return send<T>(path, whole);
  }

  async function find(on: string, has: (card: Card) => boolean): Promise<{ id: string; card: Card }> {
    return until(`a card “${on}”`, async () => {
      const stored = await house.stores.localMessages.find({
        sort: [{ field: 'number', direction: 'down' }],
        limit: 500,
      });
      for (const { id, card: kept } of stored) {
        const card = StoredCard.safeParse(kept);
        if (card.success && JSON.stringify(card.data).includes(on) && has(card.data)) return { id, card: card.data };
      }
      return undefined;
    });
  }

  async function rootOf(where: Where): Promise<string> {
    if (where === 'hunt') return (await find('H-1 · ', (card) => card.title.startsWith('H-1 · '))).id;
    elsewhere ??= (await post<WireMessage>('messages', { channel, text: 'Something else' })).id;
    return elsewhere;
  }

  async function huntRoot(): Promise<string> {
    const [first] = await house.stores.hunts.find({ limit: 1 });
    return first?.cards[0]?.id ?? rootOf('hunt');
  }

  async function act(id: string, command: string, args: FieldValues, values: FieldValues): Promise<void> {
    pressed = id;
    await post<WireOutcome>('press', { message: id, command, args, values });
  }

  return {
    async command(words) {
      pressed = undefined;
      await post('messages', { channel, text: `/hunt ${words.replaceAll('@OTHER', '@lee')}` });
    },
    async mention(words, where) {
      const root = where === 'hunt' ? await huntRoot() : await rootOf(where);
      pressed = undefined;
      await post('messages', { channel, root, text: `@Talbot ${words.replaceAll('@OTHER', '@lee')}` });
    },
    async reply(name, words, where) {
      const root = where === 'hunt' ? await huntRoot() : await rootOf(where);
      replies.set(name, (await post<WireMessage>('messages', { channel, root, text: words })).id);
    },
    async edit(name, words) {
      await post('messages/edit', { id: replies.get(name), text: words });
    },
    async remove(name) {
      await post('messages/delete', { id: replies.get(name) });
    },
    async press(on, label) {
      const { id, card } = await find(on, (one) => buttonOf(one, label) !== undefined);
      const button = buttonOf(card, label);
      const values: FieldValues = {};
      await act(id, button?.command ?? '', button?.args ?? {}, values);
    },
    async choose(on, label, choices, button) {
      const { id, card } = await find(on, (one) => selectOf(one, label) !== undefined);
      const select = selectOf(card, label);
      const chosen = choices.map((choice) => {
        const option = select?.options.find((one) => one.value === choice || one.label === choice);
        if (option === undefined) throw new Error(`no choice “${choice}”`);
        return option.value;
      });
      const values = { [select?.field ?? '']: select?.several === true ? chosen : (chosen[0] ?? '') };
      if (button !== undefined) {
        const wanted = buttonOf(card, button);
        return act(id, wanted?.command ?? '', wanted?.args ?? {}, values);
      }
      if (select === undefined || select.act === 'wait') throw new Error(`“${label}” does not act`);
      await act(id, select.act.command, select.act.args, values);
    },
    async submit(values) {
      const form = await until('a form', async () => house.recorder.lastForm());
      const shown = Object.fromEntries(
        form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      );
      const stray = Object.keys(values).find((name) => !form.fields.some((field) => field.name === name));
      if (stray !== undefined) throw new Error(`the form has no field ${stray}`);
      await post<WireOutcome>('forms', {
        channel,
        ...(pressed !== undefined && { message: pressed }),
        command: form.command,
        args: form.args,
        values: { ...shown, ...values },
      });
    },
    async redeliver() {
      if (last !== undefined) await send(last.path, last.body);
    },
    refusals: () => refused,
    async seen() {
      const all: string[] = [];
      for (const root of [undefined, await huntRoot()]) {
        const response = await fetch(
          `${house.url}/chat/messages?as=ada&channel=${channel}${root === undefined ? '' : `&root=${root}`}`,
          { headers: { cookie } },
        );
        const { messages, root: under }: WirePage = JSON.parse(await response.text());
        all.push(...(under === undefined ? [] : [under.html]), ...messages.map(({ html }) => html));
      }
      return all.join('\n');
    },
    async close() {},
  };
}

function buttonOf(card: Card, label: string) {
  for (const block of card.blocks) {
    if (block.type !== 'actions') continue;
    for (const button of block.buttons) if (button.label === label && 'command' in button) return button;
  }
  return undefined;
}

function selectOf(card: Card, label: string) {
  return card.blocks.flatMap((block) => (block.type === 'select' && block.label === label ? [block] : []))[0];
}

/** Looks again until there is something; the number of tries only ends a test that would never end. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, most = 1500): Promise<T> {
  for (let tries = 0; tries < most; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never seen: ${what}`);
}
