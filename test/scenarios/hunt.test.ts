import { type House, hasServers, type Logs, openLogs } from './house';
import { huntScript } from './hunt-script';
import type { Hunter } from './hunter';
import { cardNamed, type Played, play } from './play';
import { openSlackPlace } from './slack-hunter';
import { openTeamsPlace } from './teams-hunter';
import { openWebPlace, until } from './web-hunter';

interface Place {
  house: House;
  hunter: Hunter;
  close(): Promise<void>;
}

let logs: Logs;
beforeAll(async () => {
  logs = await openLogs();
});
afterAll(() => logs.close());

/** Plays the hunt in a place, waits until everything has settled, and looks at what is kept and shown. */
async function whole(opening: Promise<Place>): Promise<Played> {
  const { house, hunter, close } = await opening;
  try {
    const { steps } = await play(hunter, house, huntScript);
    await until('the cancelled run', async () =>
      (await house.stores.runs.get('R-2'))?.state === 'cancelled' ? true : undefined,
    );
    await until('the last state of the cards', async () =>
      cardNamed(house.recorder, 'H-1').title.includes('finance') &&
      JSON.stringify(cardNamed(house.recorder, 'H-1')).includes('Closed') &&
      cardNamed(house.recorder, 'R-2').title.includes('cancelled') &&
      cardNamed(house.recorder, 'R-3').title.includes('failed')
        ? true
        : undefined,
    );
    const comments = await house.stores.comments.find({ sort: [{ field: 'number', direction: 'up' }] });
    expect(comments.map(({ text, withdrawnAt }) => [text, withdrawnAt !== undefined])).toEqual([
      ['Checked with the service desk: not theirs', false],
      ['A slip', true],
      ['Also seen at the VPN', false],
      ['From another thread', false],
    ]);
    expect(await house.stores.runs.get('R-2')).toMatchObject({ queries: [{ state: 'cancelled' }] });
    const file = JSON.stringify(house.recorder.said).match(/http:[^"]+\/files\/[\w.-]+/)?.[0];
    const download = await fetch(file ?? '');
    expect((await download.text()).split('\r\n')).toHaveLength(47);
    const shown = await hunter.seen();
    for (const words of ['two accounts were taken over', 'Closed', 'The first tries', 'cancelled by', 'Nonsense'])
      expect(shown).toContain(words);
    expect(hunter.refusals()).toEqual([]);
    expect(house.logged).toEqual([]);
    const { cards } = await play(hunter, house, []);
    return { steps, cards };
  } finally {
    await close();
  }
}

/** All of them to their end, also where one fails: nothing is left open. */
async function all(places: Promise<Place>[]): Promise<Played[]> {
  const ended = await Promise.allSettled(places.map(whole));
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

let first: Played | undefined;

test('one whole hunt on Slack, on Teams and on the local page, on embedded parts: the same neutral cards from each', async () => {
  const { engine } = logs;
  const [slack, teams, web] = await all([
    openSlackPlace({ engine }),
    openTeamsPlace({ engine }),
    openWebPlace({ engine }),
  ]);
  expect(teams).toEqual(slack);
  expect(web).toEqual(slack);
  first = slack;
}, 150_000);

(hasServers() ? test : test.skip)(
  'the same hunt on MongoDB and Redis, on Slack over Socket Mode and on Teams',
  async () => {
    const { engine } = logs;
    const [slack, teams] = await all([
      openSlackPlace({ engine, parts: 'servers', transport: 'socket' }),
      openTeamsPlace({ engine, parts: 'servers' }),
    ]);
    expect(teams).toEqual(slack);
    if (first !== undefined) expect(slack).toEqual(first);
  },
  150_000,
);
