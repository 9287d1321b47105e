import { createTeamsAdapter } from '../../adapters/teams/app';
import { BOT, type FakeMessage } from '../fakes/teams/conversations';
import { type FakeTeams, type FakeTeamsOptions, startFakeTeams } from '../fakes/teams/fake-teams';
import { actionsOf, inputsOf, textsOf } from '../fakes/teams/read-card';
import type { FakeDialog, Seen } from '../fakes/teams/teams-user';
import { type House, type HouseOptions, openHouse } from './house';
import type { Hunter, Where } from './hunter';

export interface TeamsPlace {
  house: House;
  teams: FakeTeams;
  hunter: Hunter;
  close(): Promise<void>;
}

type Options = Omit<HouseOptions, 'adapters'> & { fake?: FakeTeamsOptions };

/** A house whose one chat is Teams. */
export async function openTeamsPlace({ fake, ...options }: Options): Promise<TeamsPlace> {
  const teams = await startFakeTeams(fake);
  const house = await openHouse({
    ...options,
    adapters: (parts) => [createTeamsAdapter({ ...parts, settings: teams.settings() })],
  });
  teams.connect(`${house.url}/api/messages`);
  return {
    house,
    teams,
    hunter: createTeamsHunter(teams),
    async close() {
      await house.close();
      await teams.stop();
    },
  };
}

export function createTeamsHunter(teams: FakeTeams, place = 'channel:hunting'): Hunter {
  const user = teams.user('ada', { name: 'Ada Lovelace' });
  teams.user('grace', { name: 'Grace Hopper' });
  const replies = new Map<string, FakeMessage>();
  let elsewhere: FakeMessage | undefined;
  let dialog: FakeDialog | undefined;

  function find(on: string, has: (message: FakeMessage) => boolean): Promise<FakeMessage> {
    return teams.until(
      () =>
        teams
          .messages(place)
          .findLast(
            (message) =>
              message.from === BOT &&
              message.card !== undefined &&
              textsOf(user.view(message)).join('\n').includes(on) &&
              has(message),
          ),
      `a card “${on}”`,
    );
  }

  async function under(where: Where): Promise<FakeMessage> {
    if (where === 'elsewhere') {
      elsewhere ??= await user.say(place, 'Something else');
      return elsewhere;
    }
    return teams.until(
      () => teams.messages(place).find(({ card }) => card !== undefined && textsOf(card).join('\n').includes('H-1 · ')),
      'the card of the hunt',
    );
  }

  function replied(name: string): FakeMessage {
    const message = replies.get(name);
    if (message === undefined) throw new Error(`no reply ${name}`);
    return message;
  }

  function keep(seen: Seen): void {
    dialog = seen.kind === 'dialog' ? seen.dialog : undefined;
  }

  function mention(words: string): string {
    return `<at>Talbot</at> ${words.replaceAll('@OTHER', '<at>Grace Hopper</at>')}`;
  }

  return {
    async command(words) {
      await user.say(place, mention(words));
    },
    async mention(words, where) {
      await user.say(place, mention(words), { under: await under(where) });
    },
    async reply(name, words, where) {
      replies.set(name, await user.say(place, words, { under: await under(where) }));
    },
    edit: (name, words) => user.edit(replied(name), words),
    remove: (name) => user.remove(replied(name)),
    async press(on, button) {
      const has = (message: FakeMessage) => actionsOf(user.view(message)).some(({ title }) => title === button);
      keep(await user.press(await find(on, has), button));
    },
    async choose(on, select, choices, button = 'Apply') {
      const has = (message: FakeMessage) => inputsOf(user.view(message)).some(({ label }) => label === select);
      keep(await user.press(await find(on, has), button, { [select]: choices }));
    },
    async submit(values) {
      if (dialog !== undefined) return keep(await user.submit(dialog, values));
      const message = await teams.until(
        () =>
          teams
            .messages(place)
            .findLast(({ card }) => card !== undefined && JSON.stringify(card).includes('"do":"submit"')),
        'a form',
      );
      keep(await user.submit(message, values));
    },
    async redeliver() {
      await user.redeliver();
    },
    refusals: () =>
      teams.requests
        .filter(({ status }) => status >= 400)
        .map(({ method, path, status, why }) => `${method} ${path}: ${status} ${why}`),
    async seen() {
      return teams
        .messages(place)
        .flatMap(({ card }) => (card === undefined ? [] : textsOf(card)))
        .join('\n');
    },
    async close() {},
  };
}
