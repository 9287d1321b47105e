import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { cardToAdaptiveCard } from '../../../adapters/teams/render-card';
import { formToAdaptiveCard } from '../../../adapters/teams/render-form';
import type { Card } from '../../../src/chat/card';
import { adaptiveCardPage } from '../../fakes/teams/card-page';
import { EVERY_BLOCK, EVERY_CONTROL } from './sample-card';

const CHROMIUM = '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;
/** Folder for pictures of what was seen; none are kept where it is not set. */
const SCREENSHOTS = process.env.TALBOT_SCREENSHOTS;

const HOSTILE = '<at>all</at> [x](https://evil.test) ![y](https://evil.test/y.png) <img src=x onerror=alert(1)> **b**';

inBrowser('cards are drawn by Microsoft’s renderer, and hostile text stays text', async () => {
  const hostile: Card = {
    title: HOSTILE,
    tone: 'warning',
    blocks: [
      { type: 'text', text: HOSTILE },
      { type: 'facts', facts: [{ label: HOSTILE, value: HOSTILE }] },
      { type: 'table', columns: [{ title: 'Command line' }, { title: 'Host' }], rows: [[HOSTILE, 'a'.repeat(200)]] },
    ],
  };
  const place = { in: 'dialog', asker: { id: '1', name: 'Ada' }, errors: { name: 'is taken' } } as const;
  const html = adaptiveCardPage([
    { name: 'every block', card: cardToAdaptiveCard(EVERY_BLOCK) },
    { name: 'every control', card: formToAdaptiveCard(EVERY_CONTROL, place) },
    { name: 'hostile', card: cardToAdaptiveCard(hostile) },
  ]);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 720, height: 900 } });
    const faults: string[] = [];
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.setContent(html);
    const shown = page.locator('[data-card=hostile]');
    expect(await shown.locator('a, img').count()).toBe(0);
    expect((await shown.textContent())?.split(HOSTILE)).toHaveLength(6);
    expect(await page.locator('[data-card="every block"]').textContent()).toContain('Impossible travel');
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: `${SCREENSHOTS}/teams-cards.png`, fullPage: true });
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
});
