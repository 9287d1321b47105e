import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { freePort } from '../servers';
import { freshDatabaseFolder } from '../store/fresh-database';
import { endlessQuery } from './hunt-script';
import { type LogFolder, queryTime, writeLogs } from './logs';
import { type Program, startProgram } from './program';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (CHROMIUM === undefined) console.warn('No Chromium on this machine: the whole hunt was not played in a browser.');
/** Pictures of what was seen, where somebody wants to look at them. */
const pictures = process.env.TALBOT_TEST_PICTURES;

(CHROMIUM === undefined ? describe.skip : describe)('the real program, in a browser', () => {
  let logs: LogFolder;
  let data: string;
  let settings: Record<string, string>;
  let program: Program;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  async function start(): Promise<void> {
    program = startProgram('adapters/start.ts', settings);
    await program.says('Talbot is ready');
  }

  async function open(width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    const opened = await context.newPage();
    opened.setDefaultTimeout(30_000);
    opened.on('pageerror', (error) => faults.push(error.message));
    await opened.goto(`http://127.0.0.1:${settings.PORT}/`);
    await opened.waitForSelector('.composer');
    return opened;
  }

  async function type(text: string, where: 'channel' | 'thread'): Promise<void> {
    const box = page.locator(`#composer-${where}`);
    await box.fill(text);
    if ((await page.locator('.completion li').count()) > 0) await box.press('Escape');
    await box.press('Enter');
  }

  /** The last card of the thread that holds these words. */
  function card(words: string) {
    return page.locator('.thread .message', { hasText: words }).last();
  }

  async function picture(name: string): Promise<void> {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `scenario-${name}.png`) });
  }

  beforeAll(async () => {
    const root = join(__dirname, '..', '..');
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [compiler, '-p', join(root, 'adapters', 'web', 'page', 'tsconfig.json')]);
    logs = await writeLogs();
    data = await mkdtemp(join(tmpdir(), 'talbot-page-'));
    await rename((await freshDatabaseFolder()).folder, join(data, 'state'));
    settings = {
      PORT: String(await freePort()),
      TALBOT_DATA: data,
      TALBOT_LOGS: logs.folder,
      TALBOT_NOW: queryTime.toISOString(),
    };
    await start();
    browser = await chromium.launch({
      ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await program?.kill();
    await logs?.remove();
    await rm(data, { recursive: true, force: true });
  });

  test('a hunt from its first word to its verdict, with a restart in between, and then on a phone', async () => {
    page = await open(1280);
    await type('/hunt new Odd sign-ins', 'channel');
    await page.locator('.message', { hasText: 'H-1 · Odd sign-ins' }).locator('.open-thread, .replies').first().click();
    await page.waitForSelector('#composer-thread');

    await type('!kql SigninLogs | where ResultType != "0" | sort by TimeGenerated asc', 'thread');
    await card('R-1 · 45 rows').locator('[data-press=bookmark]').click();
    const dialog = page.locator('dialog[open]');
    await dialog.locator('[data-field=rows] input').fill('99');
    await dialog.locator('[type=submit]').click();
    await dialog.locator('[data-error-for=rows]', { hasText: 'There is no row 99' }).waitFor();
    await picture('bookmark-fault');
    await dialog.locator('[data-field=rows] input').fill('1,3');
    await dialog.locator('[data-field=name] input').fill('The first tries');
    await dialog.locator('[type=submit]').click();
    await card('B-1 · The first tries').waitFor();

    await type(`!kql ${endlessQuery}`, 'thread');
    await card('R-2')
      .locator('.progress-running, [data-state=running], .block-progress', { hasText: 'range a' })
      .first()
      .waitFor();
    await card('R-2').locator('[data-press=cancel]').first().click();
    await card('R-2 · cancelled by Ada Night').waitFor();

    await type('Checked with the service desk', 'thread');
    await card('Checked with the service desk').locator('.sign').waitFor();
    await picture('before-restart');

    await program.kill();
    await page.waitForSelector('.connection');
    await start();
    await page.waitForSelector('.connection', { state: 'detached' });
    for (const kept of ['R-1 · 45 rows', 'B-1 · The first tries', 'R-2 · cancelled', 'Checked with the service desk'])
      expect(await card(kept).count()).toBe(1);
    await type('!hypothesis validated --because "two accounts were taken over"', 'thread');
    await card('two accounts were taken over').waitFor();
    expect(await page.locator('.thread .message', { hasText: 'R-1 · 45 rows' }).count()).toBeLessThanOrEqual(2);
    await type('!comments', 'thread');
    await card('1 comment in H-1').waitFor();
    await picture('verdict');

    const wide = page;
    page = await open(360);
    const sticksOut = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    await page.locator('.message', { hasText: 'H-1 · Odd sign-ins' }).locator('.open-thread, .replies').first().click();
    await card('R-1 · 45 rows').waitFor();
    expect(await sticksOut()).toBe(0);
    await card('R-1 · 45 rows').locator('[data-press=bookmark]').click();
    await page.waitForSelector('dialog[open]');
    expect(await sticksOut()).toBe(0);
    await picture('phone');
    await wide.close();
    expect(faults).toEqual([]);
    expect(await program.stop()).toBe(0);
  }, 120_000);
});
