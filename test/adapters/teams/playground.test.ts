import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { cardToAdaptiveCard } from '../../../adapters/teams/render-card';
import { formToAdaptiveCard } from '../../../adapters/teams/render-form';
import type { Inbound } from '../../../src/chat/inbound';
import type { Reply } from '../../../src/chat/reply';
import { RawCard } from '../../fakes/teams/check-activity';
import { actionsOf } from '../../fakes/teams/read-card';
import { EVERY_BLOCK, EVERY_CONTROL } from './sample-card';
import { startBot, type TestBot } from './start-bot';
import { type Playground, playgroundCommand, startPlayground } from './start-playground';

const command = playgroundCommand();
const inPlayground = command === undefined ? describe.skip : describe;
if (command === undefined) console.warn('left out: @microsoft/m365agentsplayground is not installed');
const CHROMIUM = '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;
/** Folder for pictures of what was seen; none are kept where it is not set. */
const SCREENSHOTS = process.env.TALBOT_SCREENSHOTS;

const DONE = { title: 'Hunt H-1 runs', tone: 'good', blocks: [{ type: 'note', text: 'R-1' }] } as const;

inPlayground('in Microsoft’s Agents Playground', () => {
  let bot: TestBot;
  let playground: Playground;
  let reply: (inbound: Inbound) => Reply = () => ({ kind: 'nothing' });

  beforeAll(async () => {
    bot = await startBot((inbound) => reply(inbound));
    playground = await startPlayground(command ?? '', bot.endpoint);
  });

  afterAll(async () => {
    await playground.stop();
    await bot.stop();
  });

  beforeEach(() => {
    bot.inbounds.length = 0;
    bot.logged.length = 0;
  });

  async function say(conversation: string, text: string, mentions: object[] = []): Promise<Inbound> {
    const before = bot.inbounds.length;
    await playground.call(`/_conversation/v1/conversations/${encodeURIComponent(conversation)}/messages`, {
      from: { id: playground.config.currentUser.id },
      text,
      textFormat: 'plain',
      ...(mentions.length === 0 ? {} : { mentions }),
    });
    return until(() => bot.inbounds[before]);
  }

  function execute(
    inbound: Inbound,
    message: string,
    title: string,
    card: object,
    inputs: object = {},
  ): Promise<unknown> {
    const action = actionsOf(RawCard.parse(card)).find((each) => each.title === title);
    if (action === undefined) throw new Error(`no ${title}`);
    const { channel, root } = inbound.thread;
    return playground.call('/_conversation/v1/invoke', {
      name: 'adaptiveCard/action',
      value: {
        action: { type: action.type, verb: action.verb, data: { ...action.data, ...inputs } },
        trigger: 'manual',
      },
      from: { id: playground.config.currentUser.id },
      conversation: { id: root === undefined ? channel : `${channel};messageid=${root}` },
      replyToId: message,
    });
  }

  test('words in a personal chat are answered with a card', async () => {
    reply = () => ({ kind: 'card', card: EVERY_BLOCK, to: 'everyone' });
    const inbound = await say(playground.config.personalChat.id, 'help');
    expect(inbound).toMatchObject({ kind: 'text', text: 'help', addressed: 'direct', thread: { direct: true } });
    await until(() => (playground.recording().includes('H-1 Odd sign-ins') ? true : undefined));
    expect(bot.logged).toEqual([]);
  });

  test('a mention in a channel opens a thread, where cards are pressed, replaced and edited', async () => {
    reply = () => ({ kind: 'nothing' });
    const { bot: self, users, teams, currentUser } = playground.config;
    const megan = users[0] ?? currentUser;
    const inbound = await say(teams[0]?.channels[0]?.id ?? '', `<at>${self.name}</at> assign <at>${megan.name}</at>`, [
      { mentioned: { id: self.id }, text: `<at>${self.name}</at>` },
      { mentioned: { id: megan.id }, text: `<at>${megan.name}</at>` },
    ]);
    expect(inbound).toMatchObject({
      text: `assign @${megan.name.replace(' ', '.')}`,
      addressed: 'yes',
      actor: { id: currentUser.aadObjectId },
      mentions: { [`@${megan.name.replace(' ', '.')}`]: { id: megan.aadObjectId } },
      thread: { root: expect.any(String) },
    });
    const posted = await bot.platform.post(inbound.thread, EVERY_BLOCK);
    reply = () => ({ kind: 'replace', card: { ...DONE, blocks: [...DONE.blocks] } });
    const answer = await execute(inbound, posted.id, 'Run', cardToAdaptiveCard(EVERY_BLOCK), {
      'field:queries': 'Q-1',
    });
    expect(answer).toMatchObject({
      type: 'application/vnd.microsoft.card.adaptive',
      value: { fallbackText: 'Hunt H-1 runs' },
    });
    expect(bot.inbounds[1]).toMatchObject({ kind: 'press', command: 'run', values: { queries: ['Q-1'] } });
    await until(() => (/"method": "PUT"/.test(playground.recording()) ? true : undefined));
    expect(bot.logged).toEqual([]);
  });

  test('a form that answers words is filled in as a card', async () => {
    reply = () => ({ kind: 'form', form: EVERY_CONTROL });
    const inbound = await say(playground.config.personalChat.id, 'edit H-1');
    await until(() => (playground.recording().includes('"Edit H-1"') ? true : undefined));
    const message = await until(
      () => /"Edit H-1"[\s\S]*?"statusCode": 201,\s+"body": \{\s+"id": "(\d+)"/.exec(playground.recording())?.[1],
    );
    const form = formToAdaptiveCard(EVERY_CONTROL, { in: 'message', asker: inbound.actor });
    reply = () => ({ kind: 'field-errors', errors: { name: 'is taken' } });
    const again = await execute(inbound, message, 'Save', form, { 'field:name': 'x' });
    expect(JSON.stringify(again)).toContain('⚠ is taken');
    reply = () => ({ kind: 'card', card: { ...DONE, blocks: [...DONE.blocks] }, to: 'everyone' });
    const outcome = await execute(inbound, message, 'Save', form, { 'field:name': 'y' });
    expect(outcome).toMatchObject({ value: { fallbackText: 'Hunt H-1 runs' } });
    expect(bot.inbounds[2]).toMatchObject({
      kind: 'form',
      command: 'edit',
      args: { hunt: 'H-1' },
      values: { name: 'y' },
    });
  });

  inBrowser('a person in a browser types, presses, and fills in a form', async () => {
    const browser: Browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1300, height: 1500 } });
      reply = () => ({ kind: 'card', card: EVERY_BLOCK, to: 'everyone' });
      await page.goto(playground.url);
      const composer = page.locator('[contenteditable=true]').first();
      await composer.click();
      await page.keyboard.type('show H-1');
      await page.keyboard.press('Enter');
      await page.getByText('H-1 Odd sign-ins').last().waitFor();
      await shoot(page, 'playground');

      reply = () => ({ kind: 'form', form: EVERY_CONTROL });
      await page.getByRole('button', { name: 'Edit', exact: true }).last().click();
      await page.getByText('Changes are kept in the audit log.').last().waitFor();
      await shoot(page, 'playground-form');
      await page.locator('input').first().fill('A better name');

      reply = () => ({ kind: 'card', card: { ...DONE, blocks: [...DONE.blocks] }, to: 'everyone' });
      await page.getByRole('button', { name: 'Save', exact: true }).last().click();
      await page.getByText('Hunt H-1 runs').last().waitFor();
      await shoot(page, 'playground-done');
      expect(bot.inbounds.map(({ kind }) => kind)).toEqual(['text', 'press', 'form']);
      expect(bot.inbounds[2]).toMatchObject({ values: { silent: 'true', tactics: ['a,b'] } });
      expect(bot.logged).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

async function shoot(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS !== undefined) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
