import { createSlackAdapter } from '../../adapters/slack/app';
import { createTeamsAdapter } from '../../adapters/teams/app';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/start-fake-slack';
import { type FakeTeams, startFakeTeams } from '../fakes/teams/fake-teams';
import { type House, type Logs, openHouse, openLogs } from './house';
import type { Step } from './hunt-script';
import { play } from './play';
import { createSlackHunter } from './slack-hunter';
import { createTeamsHunter } from './teams-hunter';

let logs: Logs;
let house: House;
let slack: FakeSlack;
let teams: FakeTeams;

beforeAll(async () => {
  logs = await openLogs();
  [slack, teams] = await Promise.all([startFakeSlack(), startFakeTeams()]);
}, 60_000);

beforeEach(async () => {
  house = await openHouse({
    engine: logs.engine,
    adapters: (parts) => [
      createSlackAdapter({ ...parts, settings: slack.settings('http'), pictureWaits: [1, 1, 1] }),
      createTeamsAdapter({ ...parts, settings: teams.settings() }),
    ],
  });
  slack.connect(`${house.url}/slack/events`);
  teams.connect(`${house.url}/api/messages`);
}, 60_000);

afterEach(() => house?.close());

afterAll(async () => {
  await Promise.all([slack?.stop(), teams?.stop()]);
  await logs?.close();
});

/** From rows to what is done about them: evidence, an incident, an indicator, a rule, the picture. */
const acting: Step[] = [
  { do: 'command', words: 'new Spray from hosting providers', sees: ['posted: H-1 · Spray'] },
  {
    do: 'mention',
    words: 'kql "SigninLogs | project TimeGenerated, UserPrincipalName, IPAddress" --since 30d',
    sees: ['posted: R-1 · 0 of 1 query done', 'posted: R-1 · 60 rows'],
  },
  { do: 'mention', words: 'bookmark R-1 1-3 --name "The first tries"', sees: ['card: Bookmarked B-1'] },
  { do: 'mention', words: 'graph H-1', sees: ['card: What belongs together'] },
  { do: 'mention', words: 'incident new H-1 B-1 --title "Spray against finance"', sees: ['card: Opened I-1'] },
  { do: 'mention', words: 'indicator add 203[.]0[.]113[.]77 --tags spray', sees: ['card: Added T-1'] },
  { do: 'mention', words: 'rule new K-1 --every 1h', sees: ['card: Drafted A-1'] },
  { do: 'mention', words: 'rule enable A-1 "It found something"', sees: ['posted: Y-1'] },
  { do: 'mention', words: 'incident close I-1 TruePositive --because Blocked', sees: ['card: I-1'] },
];

test('a hunt ends in an incident, an indicator and a rule, on Slack', async () => {
  const hunter = createSlackHunter(slack);
  await play(hunter, house, acting);
  // The SDK tells of the one refusal while Slack looks at a file.
  const told = house.logged.filter((line) => !line.includes('invalid slack file'));
  expect([...hunter.refusals(), ...told]).toEqual([]);
}, 60_000);

test('a hunt ends in an incident, an indicator and a rule, on Teams', async () => {
  const hunter = createTeamsHunter(teams);
  await play(hunter, house, acting);
  expect([...hunter.refusals(), ...house.logged]).toEqual([]);
}, 60_000);
