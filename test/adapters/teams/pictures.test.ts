import { randomBytes } from 'node:crypto';
import { MAX_CARD_CHARACTERS } from '../../../adapters/teams/limits';
import type { Block, Card } from '../../../src/chat/card';
import { PictureError } from '../../../src/ports/pictures';
import { type FakeTeams, startFakeTeams } from '../../fakes/teams/fake-teams';
import { textsOf } from '../../fakes/teams/read-card';
import { startBot, type TestBot } from './start-bot';

const local = 'http://127.0.0.1:3978/files/one.token';
const whole = randomBytes(60_000);
let broken = false;
const files = {
  read: async () => whole,
  async readWithin(url: string, bytes: number) {
    if (broken) throw new PictureError('the drawing took more than 10 s');
    return url.includes('lost') ? null : whole.subarray(0, bytes);
  },
};

let teams: FakeTeams;
let bot: TestBot;
let blocks: Block[];

beforeAll(async () => {
  teams = await startFakeTeams();
  bot = await startBot(() => ({ kind: 'card', card: { title: 'R-1 · 7 rows', blocks }, to: 'everyone' }), {
    settings: teams.settings(),
    pictures: files,
  });
  teams.connect(bot.endpoint);
});
afterAll(async () => {
  await bot.stop();
  await teams.stop();
});
beforeEach(() => {
  broken = false;
});

const image = (url: string): Block => ({ type: 'image', alt: 'A chart of failures', url });

async function answer(given: Block[]) {
  blocks = given;
  const ada = teams.user('ada', { name: 'Ada Lovelace' });
  const said = await ada.say('channel:general', '<at>Talbot</at> results R-1');
  const card = ada.view(await teams.answerTo(said));
  const url = card.body.find((element) => element.type === 'Image')?.url;
  return { texts: textsOf(card), url: typeof url === 'string' ? url : undefined, size: JSON.stringify(card).length };
}

test('under a public address a picture is named by it', async () => {
  const url = 'https://talbot.example/files/a.b';
  expect((await answer([image(url)])).url).toBe(url);
});

test('a picture that Teams cannot fetch travels in the card, as large as the message leaves room for', async () => {
  const shown = await answer([image(local), { type: 'text', text: 'x'.repeat(5000) }]);
  expect(shown.url).toMatch(/^data:image\/png;base64,/);
  expect(shown.size).toBeLessThanOrEqual(MAX_CARD_CHARACTERS);
  expect(shown.size).toBeGreaterThan(MAX_CARD_CHARACTERS * 0.95);
  expect(shown.texts).toContain('x'.repeat(5000));
});

test('two pictures share the room', async () => {
  const shown = await answer([image(local), image(`${local}2`)]);
  expect(shown.size).toBeLessThanOrEqual(MAX_CARD_CHARACTERS);
});

test.each([
  ['one that is no longer kept', () => [image(`${local}.lost`)]],
  ['one for which the rest of the card leaves no room', () => [image(local), ...filling()]],
  [
    'one that cannot be made smaller',
    () => {
      broken = true;
      return [image(local)];
    },
  ],
])('%s is named in words', async (_name, given) => {
  const shown = await answer(given());
  expect(shown.url).toBeUndefined();
  expect(shown.texts).toContain('[picture: A chart of failures]');
});

function filling(): Card['blocks'] {
  return Array.from({ length: 7 }, () => ({ type: 'text', text: 'y'.repeat(5500) }));
}
