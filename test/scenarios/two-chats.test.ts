import { createSlackAdapter } from '../../adapters/slack/app';
import { createTeamsAdapter } from '../../adapters/teams/app';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/start-fake-slack';
import { type FakeTeams, startFakeTeams } from '../fakes/teams/fake-teams';
import { type House, type Logs, openHouse, openLogs } from './house';
import type { Hunter } from './hunter';
import { play } from './play';
import { createSlackHunter } from './slack-hunter';
import { createTeamsHunter } from './teams-hunter';
import { until } from './web-hunter';

let logs: Logs;
let house: House;
let slack: FakeSlack;
let teams: FakeTeams;
let onSlack: Hunter;
let onTeams: Hunter;

beforeAll(async () => {
  logs = await openLogs();
  [slack, teams] = await Promise.all([startFakeSlack(), startFakeTeams()]);
  house = await openHouse({
    engine: logs.engine,
    adapters: (parts) => [
      createSlackAdapter({ ...parts, settings: slack.settings('http') }),
      createTeamsAdapter({ ...parts, settings: teams.settings() }),
    ],
  });
  slack.connect(`${house.url}/slack/events`);
  teams.connect(`${house.url}/api/messages`);
  onSlack = createSlackHunter(slack);
  onTeams = createTeamsHunter(teams);
}, 60_000);

afterAll(async () => {
  await house?.close();
  await Promise.all([slack?.stop(), teams?.stop()]);
  await logs?.close();
});

test('one hunt in a Slack thread and in a Teams thread: comments from both, each result where it was asked for', async () => {
  await play(onSlack, house, [
    { do: 'command', words: 'new Odd sign-ins --queries Q-1', sees: ['posted: H-1 · Odd sign-ins'] },
    { do: 'reply', name: 'first', words: 'Said on Slack', sees: ['sign: kept'] },
  ]);
  await play(onTeams, house, [
    { do: 'mention', words: 'link H-1', where: 'elsewhere', sees: ['card: This thread is tied to H-1'] },
    {
      do: 'reply',
      name: 'second',
      words: 'Said on Teams',
      where: 'elsewhere',
      sees: ['sign: kept', 'posted: ADA on '],
    },
    {
      do: 'mention',
      words: 'run',
      where: 'elsewhere',
      sees: ['posted: R-1 · 0 of 1 query done', 'posted: R-1 · 45 rows'],
    },
    { do: 'mention', words: 'bookmark R-1 1', where: 'elsewhere', sees: ['card: Bookmarked B-1'] },
  ]);
  await play(onSlack, house, [
    { do: 'mention', words: 'comments', sees: ['told: 2 comments in H-1'] },
    { do: 'mention', words: 'results R-1', sees: ['told: R-1 · '] },
    {
      do: 'mention',
      words: 'run',
      sees: ['posted: R-2 · 0 of 1 query done', 'posted: R-2 · 45 rows'],
    },
  ]);
  expect(await onTeams.seen()).toContain('R-1 · 45 rows');
  expect(await onTeams.seen()).not.toContain('R-2');
  const inSlack = await onSlack.seen();
  expect(inSlack).toContain('Said on Teams');
  expect(inSlack).toContain('R-2 · 45 rows');
  // The card that the hunt began with counts what happened in both.
  await until('the card of the hunt', async () => {
    const card = JSON.stringify(house.recorder.cards[0]?.card);
    return /2 runs.*1 bookmark.*2 comments/.test(card) && card.includes('Slack') && card.includes('Teams')
      ? true
      : undefined;
  });
  expect([...onSlack.refusals(), ...onTeams.refusals(), ...house.logged]).toEqual([]);
}, 60_000);

test('a form that answers typed words: behind a button on Slack, as a card on Teams', async () => {
  await play(onSlack, house, [
    { do: 'mention', words: 'edit', sees: ['form: Edit the hunt'] },
    { do: 'press', on: 'Edit the hunt', button: 'Open the form', sees: ['form: Edit the hunt'] },
    { do: 'submit', values: { name: 'Odd sign-ins at night' }, sees: ['card: H-1 · Odd sign-ins at night'] },
  ]);
  await play(onTeams, house, [
    { do: 'mention', words: 'edit', where: 'elsewhere', sees: ['form: Edit the hunt'] },
    { do: 'submit', values: { techniques: 'nonsense' }, sees: ['errors: techniques'] },
    { do: 'submit', values: { techniques: 'T1110' }, sees: ['card: H-1 · Odd sign-ins at night'] },
  ]);
  expect((await house.stores.hunts.get('H-1'))?.techniques).toEqual(['T1110']);
  expect([...onSlack.refusals(), ...onTeams.refusals(), ...house.logged]).toEqual([]);
}, 60_000);
