import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const root = join(__dirname, '..', '..');
const pictures = join(root, 'docs', 'pictures');
/** A README is read on slow lines too. */
const largest = 400_000;

/** Takes the README's pictures from the real program, started on a folder of its own with fresh sample logs. */
export async function drawReadmePictures(browser: Browser): Promise<void> {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'talbot-pictures-'));
  const program = spawn(process.execPath, [join(root, 'dist', 'adapters', 'start.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, TALBOT_DATA: join(folder, 'data'), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(program, 'exit');
  try {
    const url = await addressOf(program.stdout);
    mkdirSync(pictures, { recursive: true });
    await hunt(browser, url);
    await choosing(browser, url);
  } finally {
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program says when it is ready. */
function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    output.on('data', (piece) => {
      said += String(piece);
      const ready = /Talbot is ready:\s+(\S+)/.exec(said);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    output.once('end', () => reject(new Error(`The program ended:\n${said}`)));
  });
}

async function hunt(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1360, height: 860 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.waitForSelector('.composer');
  await become(page, 'Lee Marsh');
  await say(
    page,
    'channel',
    'Six lockouts at the service desk since breakfast, all in finance. Somebody trying passwords?',
  );
  await become(page, 'Ada Night');
  await say(page, 'channel', '/hunt new Somebody sprays passwords at our accounts --techniques T1110.003');
  await page.locator('.channel .open-thread').last().click();
  await say(page, 'thread', '@Talbot add Q-15 Q-10');
  await page.waitForSelector('.thread .card-title:has-text("2 queries added")');
  await say(page, 'thread', '@Talbot run --since 30d');
  const result = page.locator('.thread .message', { hasText: 'rows from' }).last();
  await result.waitFor();
  await say(page, 'thread', 'Marta says her phone kept asking until she said yes');
  await page.waitForSelector('.thread .sign');
  await say(
    page,
    'thread',
    '@Talbot hypothesis validated --because "One rented address tried 29 accounts, and got into Marta’s"',
  );
  await page.waitForSelector('.channel .tone-warning');
  await toTop(result);
  await picture(page, 'hunt');

  const phone = await browser.newPage({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  phone.setDefaultTimeout(60_000);
  await phone.goto(page.url());
  const onPhone = phone.locator('.thread .message', { hasText: 'rows from' }).last();
  await onPhone.waitFor();
  await toTop(onPhone);
  await picture(phone, 'phone');
}

/** What is covered, and a chart, side by side as a channel and its thread show them. */
async function choosing(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1360, height: 860 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.waitForSelector('.composer');
  await become(page, 'Ada Night');
  await say(page, 'channel', '/hunt content install identity-attacks');
  await page.waitForSelector('.channel .card-title:has-text("dentity")');
  await say(page, 'channel', '/hunt coverage');
  const map = page.locator('.channel .message', { hasText: 'techniques covered' }).last();
  await map.locator('img').first().waitFor();
  await say(
    page,
    'channel',
    '/hunt kql --since 7d SigninLogs | where ResultType != "0" | summarize Failures = count() by bin(TimeGenerated, 3h) | render columnchart with (title="Failed sign-ins")',
  );
  await page.locator('.channel .message', { hasText: 'R-2' }).last().locator('.open-thread').click();
  const result = page.locator('.thread .message', { has: page.locator('img') }).last();
  await result.waitFor();
  await toTop(map);
  await toTop(result);
  await page.waitForTimeout(500);
  await picture(page, 'coverage');
}

async function become(page: Page, name: string): Promise<void> {
  await page.locator('.person', { hasText: name }).click();
  await page.waitForTimeout(300);
}

/** The message's beginning at the top of its list. */
async function toTop(message: Locator): Promise<void> {
  await message.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

async function say(page: Page, where: 'channel' | 'thread', words: string): Promise<void> {
  const box = page.locator(`#composer-${where}`);
  await box.fill(words);
  if ((await page.locator('.completion').count()) > 0) await box.press('Escape');
  await box.press('Enter');
}

async function picture(page: Page, name: string): Promise<void> {
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path });
  const { size } = statSync(path);
  if (size > largest) throw new Error(`${path} has ${size} bytes, at most ${largest} are wanted.`);
  process.stdout.write(`${path}: ${Math.round(size / 1000)} KB\n`);
}

/** The browser that draws; CHROMIUM names another one. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`There is no ${executablePath}. CHROMIUM names another Chromium.`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'] });
}
