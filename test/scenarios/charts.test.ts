import { createSlackAdapter } from '../../adapters/slack/app';
import { createTeamsAdapter } from '../../adapters/teams/app';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/start-fake-slack';
import { type FakeTeams, startFakeTeams } from '../fakes/teams/fake-teams';
import { type House, type Logs, openHouse, openLogs } from './house';
import type { Hunter } from './hunter';
import { play } from './play';
import { createSlackHunter } from './slack-hunter';
import { createTeamsHunter } from './teams-hunter';

let logs: Logs;
let house: House;
let slack: FakeSlack;
let teams: FakeTeams;
let onSlack: Hunter;
let onTeams: Hunter;

const chart =
  'kql "SigninLogs | summarize Failures = countif(ResultType != 0) by bin(TimeGenerated, 1m) | render timechart with (title=\'Failed sign-ins\')" --since 30d';

beforeAll(async () => {
  logs = await openLogs();
  [slack, teams] = await Promise.all([startFakeSlack(), startFakeTeams()]);
  slack.workspace.looksAtFiles = 1;
  house = await openHouse({
    engine: logs.engine,
    adapters: (parts) => [
      createSlackAdapter({ ...parts, settings: slack.settings('http'), pictureWaits: [1, 1, 1] }),
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

test('a query that ends in render brings its picture into the thread, of Slack and of Teams', async () => {
  await play(onSlack, house, [
    { do: 'command', words: 'new Odd sign-ins', sees: ['posted: H-1 · Odd sign-ins'] },
    { do: 'mention', words: chart, sees: ['posted: R-1 · 0 of 1 query done', 'posted: R-1 · 60 rows'] },
  ]);
  const shown = slack.workspace.messages.flatMap((message) => message.blocks).find((block) => block.type === 'image');
  expect(shown).toMatchObject({
    slack_file: { id: slack.files()[0]?.id },
    alt_text: expect.stringMatching(/^Line chart, Failed sign-ins, .* UTC\. Highest: /),
  });
  expect(slack.files()[0]?.bytes.subarray(1, 4).toString()).toBe('PNG');

  await play(onTeams, house, [
    { do: 'mention', words: 'link H-1', where: 'elsewhere', sees: ['card: This thread is tied to H-1'] },
    {
      do: 'mention',
      words: chart,
      where: 'elsewhere',
      sees: ['posted: R-2 · 0 of 1 query done', 'posted: R-2 · 60 rows'],
    },
  ]);
  const card = house.recorder.cards.findLast(
    (one) => one.card.title.startsWith('R-2 · ') && one.card.blocks.some(({ type }) => type === 'image'),
  );
  expect(card?.card.blocks[0]).toMatchObject({ type: 'image', url: expect.stringContaining('/files/') });
  expect(await house.stores.pictures.count()).toBe(1);
  // The SDK tells of the one refusal while Slack looks at the file.
  const told = house.logged.filter((line) => !line.includes('invalid slack file'));
  expect([...onTeams.refusals(), ...told]).toEqual([]);
}, 60_000);
