import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { huntCard, progressCard } from './demo-cards';
import { type DemoServer, startDemoServer } from './demo-server';
import { createMemoryMessages } from './memory-messages';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (CHROMIUM === undefined) console.warn('No Chromium on this machine: the local page was not tried in a browser.');

const root = join(__dirname, '..', '..', '..');
/** Pictures of what the tests saw, where somebody wants to look at them. */
const pictures = process.env.TALBOT_TEST_PICTURES;

(CHROMIUM === undefined ? describe.skip : describe)('the local page in Chromium', () => {
  let scripts: string;
  let browser: Browser;
  let server: DemoServer;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    scripts = mkdtempSync(join(tmpdir(), 'talbot-page-'));
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const project = join(root, 'adapters', 'web', 'page', 'tsconfig.json');
    execFileSync(process.execPath, [compiler, '-p', project, '--outDir', scripts, '--incremental', 'false']);
    if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch({
      ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(scripts, { recursive: true, force: true });
  });

  beforeEach(async () => {
    server = await startDemoServer({ scripts, pause: 40 });
    faults = [];
  });

  afterEach(async () => {
    await page?.context().close();
    await server.close();
  });

  async function open(options: BrowserContextOptions = {}, address = server.url): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A stopped server is met on purpose; Chromium reports it as an error of the network.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    await page.goto(address);
    await page.waitForSelector('.composer');
    return page;
  }

  async function picture(name: string): Promise<void> {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `web-${name}.png`) });
  }

  async function type(text: string, where: 'channel' | 'thread' = 'channel'): Promise<void> {
    await page.fill(`#composer-${where}`, text);
    if ((await page.locator('.completion').count()) > 0) await page.press(`#composer-${where}`, 'Escape');
    await page.press(`#composer-${where}`, 'Enter');
  }

  /** Looks again until what is seen is what is expected. */
  async function eventually<T>(look: () => Promise<T>, expected: unknown): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        expect(await look()).toEqual(expected);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
    expect(await look()).toEqual(expected);
  }

  const place = { platform: 'web', tenant: 'local', channel: 'hunting' } as const;

  test('a newcomer is told what to do, and one touch puts it in the box', async () => {
    await open();
    expect(await page.locator('.suggestion').count()).toBe(3);
    await page.locator('.suggestion').nth(1).click();
    await eventually(() => page.inputValue('#composer-channel'), '/hunt new Somebody sprays passwords at us');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card');
    expect(await page.locator('.message').first().textContent()).toContain('Only you see this');
    expect(faults).toEqual([]);
  });

  test('commands and flags complete by keyboard, and arrow up brings back what was typed', async () => {
    await open();
    const box = page.locator('#composer-channel');
    await box.pressSequentially('/hunt qu');
    const options = page.locator('.completion li .option-label');
    expect(await options.allInnerTexts()).toEqual(['query show', 'query edit', 'queries']);
    expect(await box.getAttribute('aria-activedescendant')).toBe('composer-channel-option-0');
    await picture('completion');
    await box.press('ArrowDown');
    await box.press('ArrowDown');
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/hunt queries ');
    await box.pressSequentially('--s');
    await eventually(() => page.locator('.completion .option-label').first().textContent(), '--since');
    await box.press('Enter');
    expect(await box.inputValue()).toBe('/hunt queries --since ');
    expect(await page.locator('.usage').textContent()).toContain('queries [--search WORDS]');
    await box.pressSequentially('7d');
    await box.press('Enter');
    await page.waitForSelector('.card');
    expect(server.dispatcher.seen[0]).toMatchObject({ text: 'queries --since 7d', addressed: 'yes' });
    expect(await box.inputValue()).toBe('');
    await box.press('ArrowUp');
    await eventually(() => page.inputValue('#composer-channel'), '/hunt queries --since 7d');
    expect(faults).toEqual([]);
  });

  test('a person is mentioned by completion, and Shift Enter breaks the line', async () => {
    await open();
    const box = page.locator('#composer-channel');
    await box.pressSequentially('look @le');
    await box.press('Tab');
    await eventually(() => page.inputValue('#composer-channel'), 'look @lee ');
    await box.press('Shift+Enter');
    await box.pressSequentially('please');
    await box.press('Enter');
    expect(await page.locator('.message .mention').textContent()).toBe('@lee');
    expect(server.dispatcher.seen[0]).toMatchObject({ text: 'look @lee \nplease', addressed: 'no' });
  });

  test('a press runs, its answer opens in the thread, and the card moves in place without losing what was chosen', async () => {
    await open();
    await type('/hunt new Odd sign-ins');
    await page.locator('[data-press=run]').click();
    await page.waitForSelector('.thread .block-table');
    expect(await page.locator('.thread .card-title').allInnerTexts()).toContain('R-1 finished: 3 queries, 47 rows');
    expect(await page.locator('.thread .state-word').allInnerTexts()).toEqual(['Done', 'Done', 'Failed']);
    await picture('thread');

    await page.selectOption('.channel select', 'validated');
    await page.waitForSelector('.channel .tone-good');
    expect(server.dispatcher.seen.at(-1)).toMatchObject({
      kind: 'press',
      command: 'hypothesis',
      values: { hypothesis: 'validated' },
    });
    expect(await page.locator('.channel select').inputValue()).toBe('validated');
    expect(faults).toEqual([]);
  });

  test('a card that changes keeps focus, an open list and its filter', async () => {
    await open();
    const many = Array.from({ length: 30 }, (_, index) => ({ value: String(index), label: `Host ${index}` }));
    const select = {
      type: 'select' as const,
      field: 'hosts',
      label: 'Hosts',
      several: true,
      options: many,
      act: 'wait' as const,
    };
    const button = {
      type: 'actions' as const,
      buttons: [{ label: 'Keep', command: 'keep', args: {}, opens: 'nothing' as const }],
    };
    const message = await server.adapter.platform.post(place, { title: 'Before', blocks: [select, button] });
    await page.locator('.picker summary').click();
    await page.locator('.filter').pressSequentially('host 2');
    expect(await page.locator('.picker li:visible').count()).toBe(12);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await server.adapter.platform.update(message, {
      title: 'After',
      blocks: [select, button, { type: 'note', text: 'changed' }],
    });
    await eventually(() => page.locator('.card-title').first().textContent(), 'After');
    expect(await page.locator('.picker li:visible').count()).toBe(12);
    expect(await page.locator('.picker').getAttribute('open')).toBe('');
    expect(await page.locator(':focus').getAttribute('value')).toBe('2');
    await page.keyboard.press('Escape');
    expect(await page.locator('.picker-shown').textContent()).toBe('Host 2');
    await page.locator('[data-press=keep]').click();
    await page.waitForSelector('.thread .card');
    expect(server.dispatcher.seen.at(-1)).toMatchObject({ command: 'keep', values: { hosts: ['2'] } });
  });

  test('a dangerous press asks first', async () => {
    await open();
    await type('/hunt new Odd sign-ins');
    await page.locator('[data-press=delete]').click();
    await page.waitForSelector('dialog.confirm');
    await picture('confirm');
    await page.keyboard.press('Escape');
    expect(server.dispatcher.seen).toHaveLength(1);
    await page.locator('[data-press=delete]').click();
    await page.locator('dialog.confirm .danger').click();
    await eventually(() => page.locator('.card-title').first().textContent(), 'H-1 was deleted');
  });

  test('a form shows faults beside its fields, and is taken when they are mended', async () => {
    await open();
    await type('/hunt new Odd sign-ins');
    await page.locator('[data-press=edit]').click();
    const dialog = page.locator('dialog.sheet');
    await dialog.locator('[type=submit]').click();
    expect(await dialog.locator('#error-name').textContent()).toBe('Please fill this in.');
    await dialog.locator('[name=name]').fill('ab');
    await dialog.locator('[type=submit]').click();
    await eventually(() => page.locator('#error-name').first().textContent(), expect.stringContaining('At least four'));
    await picture('form');
    expect(await dialog.locator('[name=name]').getAttribute('aria-invalid')).toBe('true');
    await dialog.locator('[name=name]').fill('Token from two countries');
    await dialog.locator('[value=host]').check();
    await dialog.locator('[role=switch]').uncheck();
    await dialog.locator('[name=notes]').fill('first\nsecond');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(server.dispatcher.seen.at(-1)).toMatchObject({
      kind: 'form',
      args: { run: 'R-1' },
      values: {
        name: 'Token from two countries',
        owner: 'ada',
        entities: ['account', 'host', 'ip'],
        severity: '',
        notes: 'first\nsecond',
        share: 'false',
      },
    });
    await page.waitForSelector('.thread');
    expect(faults).toEqual([]);
  });

  test('replies become comments; they are edited and deleted in place', async () => {
    await server.adapter.platform.post(place, huntCard);
    await open();
    await page.locator('.message').first().hover();
    await page.locator('.toolbar [aria-label="Reply in thread"]').click();
    await type('The second address is our VPN', 'thread');
    await page.waitForSelector('.thread .sign');
    expect(await page.locator('.channel .replies-count').textContent()).toBe('1 reply');
    await page.locator('.thread .message').last().hover();
    await page.locator('.thread [aria-label=Edit]').click();
    await page.locator('.editor textarea').fill('The second address is our old VPN');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.thread .sign').first().textContent(), expect.stringContaining('changed'));
    expect(await page.locator('.thread .message').last().textContent()).toContain('edited');
    await page.locator('.thread .message').last().hover();
    await page.locator('.thread [aria-label=Delete]').click();
    await page.locator('dialog.confirm .danger').click();
    await eventually(() => page.locator('.thread .sign').first().textContent(), expect.stringContaining('withdrawn'));
    await page.keyboard.press('Escape');
    await page.waitForSelector('.thread', { state: 'detached' });
    expect(faults).toEqual([]);
  });

  test('three people see what is theirs, and what is new', async () => {
    await open();
    await type('/hunt help');
    await page.waitForSelector('.card');
    await server.adapter.platform.post({ ...place, channel: 'soc' }, progressCard(1));
    await page.waitForSelector('.channel-link.unread');
    expect(await page.locator('.channel-link.unread .channel-name').allInnerTexts()).toEqual(['soc']);
    await page.locator('[data-person=lee]').click();
    await page.waitForSelector('.empty');
    expect(await page.locator('[data-person=lee]').getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Alt+ArrowDown');
    await page.waitForSelector('.block-progress');
    expect(await page.locator('.channel-link.unread').count()).toBe(0);
    await page.keyboard.press('Alt+Digit1');
    await page.waitForSelector('[data-person=ada][aria-pressed=true]');
    await page.goBack();
    expect(faults).toEqual([]);
  });

  test('in the direct message plain words are commands', async () => {
    await open({}, `${server.url}/#dm-ada`);
    await page.locator('#composer-channel').pressSequentially('he');
    await page.waitForSelector('.completion li');
    await type('help');
    await page.waitForSelector('.card');
    expect(server.dispatcher.seen[0]).toMatchObject({
      addressed: 'direct',
      text: 'help',
      thread: { channel: 'dm-ada', direct: true },
    });
    expect(await page.locator('.only-you-mark').count()).toBe(0);
  });

  test('what rows hold stays text', async () => {
    await open();
    await type('@Talbot hostile <img src=x onerror="window.hit=1">');
    await page.waitForSelector('.card');
    await picture('hostile');
    expect(await page.locator('.messages script, .messages iframe, .messages img[src="x"]').count()).toBe(0);
    expect(await page.evaluate('"hit" in window')).toBe(false);
    await page.locator('.copy').click();
    await eventually(() => page.locator('.copy').first().textContent(), 'Copied');
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('invoice\u202egnp.exe');
    await page.locator('button[data-press]').first().click();
    expect(await page.locator('dialog.confirm h2').textContent()).toBe('<script>window.hit = 1</script>');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    expect(faults).toEqual([]);
  });

  test('a restart of Talbot is waited for, and nothing of what was written is lost', async () => {
    await server.close();
    const stores = createMemoryMessages();
    const first = await startDemoServer({ scripts, stores });
    const port = Number(new URL(first.url).port);
    await open({}, first.url);
    await type('before the restart');
    await page.waitForSelector('.message');
    await first.close();
    await page.waitForSelector('.connection');
    await type('while it was away');
    await page.waitForSelector('.not-sent');
    await picture('away');
    server = await startDemoServer({ scripts, stores, port });
    await page.waitForSelector('.connection', { state: 'detached' });
    await page.locator('.not-sent button', { hasText: 'Try again' }).click();
    await page.waitForSelector('.not-sent', { state: 'detached' });
    await server.adapter.platform.post(place, huntCard);
    await page.waitForSelector('.card');
    expect(await page.locator('.message-body').allInnerTexts()).toEqual([
      'before the restart',
      'while it was away',
      expect.stringContaining('H-1'),
    ]);
    expect(stores.all()).toHaveLength(3);
  });

  test('older messages come as one scrolls back, and the eye stays on its line', async () => {
    for (let number = 1; number <= 90; number += 1)
      await server.adapter.platform.post(place, { title: `Card ${number}`, blocks: [] });
    await open();
    await page.waitForSelector('.card');
    expect(await page.locator('.card').count()).toBe(40);
    await page.locator('.messages').evaluate((element) => {
      element.scrollTop = 100;
    });
    await page.locator('.card').nth(79).waitFor();
    const top = await page.locator('.messages').evaluate((element) => element.scrollTop);
    expect(top).toBeGreaterThan(1000);
    await page.locator('.messages').evaluate((element) => {
      element.scrollTop = 0;
    });
    await eventually(() => page.locator('.card-title').first().textContent(), 'Card 1');
  });

  test('dark and light: by the system, and by hand', async () => {
    await open({ colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(21, 26, 24)');
    await picture('dark');
    await page.locator('.theme-button').click();
    expect(await background()).toBe('rgb(252, 251, 248)');
    await page.reload();
    await page.waitForSelector('.composer');
    expect(await background()).toBe('rgb(252, 251, 248)');
    await page.locator('.theme-button').click();
    expect(await background()).toBe('rgb(21, 26, 24)');
    expect(faults).toEqual([]);
  });

  test('a phone 360 points wide: nothing sticks out, threads fill the screen, the menu opens and closes', async () => {
    await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const sticksOut = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    await picture('phone-empty');
    await type('/hunt new Odd sign-ins');
    await page.locator('[data-press=run]').tap();
    await page.waitForSelector('.thread .block-table');
    expect(await page.locator('.channel').isVisible()).toBe(false);
    expect(await sticksOut()).toBe(0);
    await picture('phone-thread');
    await page.locator('.thread [data-press=bookmark]').tap();
    await page.waitForSelector('dialog.sheet');
    await picture('phone-form');
    expect(await sticksOut()).toBe(0);
    await page.locator('dialog [data-close]').first().tap();
    await page.locator('[aria-label="Back to the channel"]').tap();
    await page.waitForSelector('.thread', { state: 'detached' });
    expect(await page.locator('.channel').isVisible()).toBe(true);
    expect(await sticksOut()).toBe(0);
    await picture('phone');
    await page.locator('.menu-button').tap();
    await page.locator('[data-person=mo]').tap();
    await eventually(() => page.locator('.me-name').first().textContent(), 'as Mo Reyes');
    await type('@Talbot hostile');
    await page.waitForSelector('.tone-danger');
    expect(await sticksOut()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('the keyboard reaches everything, and “?” says how', async () => {
    await open();
    await type('/hunt new Odd sign-ins');
    await page.waitForSelector('.card');
    const reached = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate<string>(
        'document.activeElement.textContent.trim() || document.activeElement.ariaLabel || document.activeElement.id',
      );
      reached.add(name);
    }
    for (const name of ['Run all queries', 'Edit', 'Delete', 'Keyboard', 'Reply in thread'])
      expect([...reached]).toContain(name);
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog.shortcuts');
    await picture('shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await eventually(() => page.inputValue('#composer-channel'), '/hunt ');
    await server.adapter.platform.post(place, { title: 'R-9 finished', blocks: [] });
    await eventually(
      () => page.locator('#spoken').first().textContent(),
      expect.stringContaining('Talbot: R-9 finished'),
    );
  });
});
