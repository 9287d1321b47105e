import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type Drawn, slackPages, teamsPages, webPages } from './card-pages';
import { withPictures } from './example-charts';
import { drawReadmePictures, launchChromium } from './readme-pictures';

const folder = join(__dirname, '..', '..', 'cards');

interface Look {
  platform: 'slack' | 'teams' | 'web';
  /** Added to the picture's name. */
  suffix: string;
  width: number;
  scheme: 'light' | 'dark';
}

const looks: Look[] = [
  { platform: 'slack', suffix: '', width: 680, scheme: 'light' },
  { platform: 'slack', suffix: '.phone', width: 390, scheme: 'light' },
  { platform: 'teams', suffix: '', width: 700, scheme: 'light' },
  { platform: 'teams', suffix: '.phone', width: 390, scheme: 'light' },
  { platform: 'web', suffix: '', width: 820, scheme: 'light' },
  { platform: 'web', suffix: '.dark', width: 820, scheme: 'dark' },
  { platform: 'web', suffix: '.phone', width: 360, scheme: 'light' },
  { platform: 'web', suffix: '.phone-dark', width: 360, scheme: 'dark' },
];

/**
 * Draws every kind of card in every look into `cards/`. Words after the script's name choose among the cards by their beginning;
 * `--readme` takes the pictures of the README instead.
 */
async function main(words: string[]): Promise<void> {
  const browser = await launchChromium();
  try {
    if (words.includes('--readme')) return await drawReadmePictures(browser);
    const counts = await Promise.all(looks.map((look) => draw(browser, look, words)));
    process.stdout.write(`${counts.reduce((sum, count) => sum + count, 0)} pictures in ${folder}\n`);
  } finally {
    await browser.close();
  }
}

async function draw(browser: Browser, look: Look, words: string[]): Promise<number> {
  const into = join(folder, look.platform);
  mkdirSync(into, { recursive: true });
  const page = await browser.newPage({ viewport: { width: look.width, height: 200 }, colorScheme: look.scheme });
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  const drawn = pagesOf(look).filter(({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)));
  for (const { name, html } of drawn) {
    // A document of its own: scripts of the one before would still be there.
    await page.goto('about:blank');
    await page.setContent(withPictures(html));
    await page.screenshot({ path: join(into, `${name}${look.suffix}.png`), fullPage: true });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (overflow > 0)
      process.stdout.write(`${look.platform} ${name}${look.suffix}: ${overflow} points wider than the screen\n`);
  }
  if (faults.length > 0) throw new Error(`The page of ${look.platform} broke: ${faults.join('; ')}`);
  await page.close();
  return drawn.length;
}

function pagesOf(look: Look): Drawn[] {
  if (look.platform === 'slack') return slackPages(look.width - 24);
  return look.platform === 'teams' ? teamsPages() : webPages();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
