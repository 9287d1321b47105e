import { createSlackAdapter } from '../../adapters/slack/app';
import { buttonsOf, elementsOf, labelOf, wordsOf } from '../fakes/slack/read-message';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/start-fake-slack';
import type { FakeMessage } from '../fakes/slack/workspace';
import { type House, type HouseOptions, openHouse } from './house';
import type { Hunter, Where } from './hunter';

export interface SlackPlace {
  house: House;
  slack: FakeSlack;
  hunter: Hunter;
  close(): Promise<void>;
}

type Options = Omit<HouseOptions, 'adapters'> & { transport?: 'http' | 'socket' };

/** A house whose one chat is Slack, over signed HTTP or Socket Mode. */
export async function openSlackPlace(options: Options): Promise<SlackPlace> {
  const transport = options.transport ?? 'http';
  const slack = await startFakeSlack();
  const house = await openHouse({
    ...options,
    adapters: (parts) => [createSlackAdapter({ ...parts, settings: slack.settings(transport) })],
  });
  slack.connect(`${house.url}/slack/events`);
  const hunter = createSlackHunter(slack);
  return {
    house,
    slack,
    hunter,
    async close() {
      await house.close();
      await slack.stop();
    },
  };
}

/** A refusal that the adapter asks for on purpose: taking away a sign that may not be there, a sign set twice. */
const expected = /no_reaction|already_reacted|message_not_found/;

export function createSlackHunter(slack: FakeSlack, id = 'U1', channel = 'C1'): Hunter {
  const user = slack.user(id);
  const replies = new Map<string, FakeMessage>();
  let elsewhere: FakeMessage | undefined;

  /** The newest card with these words and this control that this person can see. */
  function find(on: string, has: (message: FakeMessage) => boolean): Promise<FakeMessage> {
    return slack.until(() =>
      slack.workspace.messages.findLast(
        (message) =>
          message.channel === channel &&
          message.bot_id !== undefined &&
          (message.ephemeralFor === undefined || message.ephemeralFor === id) &&
          wordsOf(message).includes(on) &&
          has(message),
      ),
    );
  }

  async function rootOf(where: Where): Promise<string> {
    if (where === 'elsewhere') {
      elsewhere ??= await user.say(channel, 'Something else');
      return elsewhere.ts;
    }
    const card = await slack.until(() =>
      slack.messages(channel).find((message) => wordsOf(message).includes('H-1 · ')),
    );
    return card.ts;
  }

  function replied(name: string): FakeMessage {
    const message = replies.get(name);
    if (message === undefined) throw new Error(`no reply ${name}`);
    return message;
  }

  return {
    async command(words) {
      await user.command(channel, `/hunt ${words.replaceAll('@OTHER', '<@U2>')}`);
    },
    async mention(words, where) {
      await user.say(channel, `@Talbot ${words.replaceAll('@OTHER', '<@U2>')}`, await rootOf(where));
    },
    async reply(name, words, where) {
      replies.set(name, await user.say(channel, words, await rootOf(where)));
    },
    edit: (name, words) => user.edit(replied(name), words),
    remove: (name) => user.remove(replied(name)),
    async press(on, button) {
      await user.press(await find(on, (message) => buttonsOf(message).includes(button)), button);
    },
    async choose(on, select, choices, button) {
      const message = await find(on, (one) => elementsOf(one).some(({ block }) => labelOf(block.text) === select));
      await user.choose(message, select, ...choices);
      if (button !== undefined) await user.press(message, button);
    },
    async submit(values) {
      await slack.until(() => user.view());
      await user.submit(values);
    },
    async redeliver() {
      // Slack tells of a mention twice.
      const own = slack.events.filter(({ payload }) => JSON.stringify(payload).includes(`"user":"${id}"`));
      for (const event of own.slice(-2)) await slack.redeliver(event.id);
    },
    refusals: () =>
      slack.calls.flatMap(({ method, refused }) =>
        refused === undefined || (method.startsWith('reactions.') && expected.test(refused))
          ? []
          : [`${method}: ${refused}`],
      ),
    async seen() {
      return slack.workspace.messages
        .filter((message) => message.channel === channel && message.bot_id !== undefined)
        .map(wordsOf)
        .join('\n');
    },
    async close() {},
  };
}
