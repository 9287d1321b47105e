import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type DemoServer, startDemoServer } from './demo-server';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (CHROMIUM === undefined) console.warn('No Chromium on this machine: the local page was not tried in a browser.');

const root = join(__dirname, '..', '..', '..');
/** Pictures of what the tests saw, where somebody wants to look at them. */
const pictures = process.env.TALBOT_TEST_PICTURES;

export interface ChromiumWorld {
  /** Replaced by tests that restart it; closed after each of them. */
  server: DemoServer;
  /** Where the page was compiled to. */
  scripts: string;
  /** Errors the page met by itself. */
  faults: string[];
  open(options?: BrowserContextOptions, address?: string): Promise<Page>;
  picture(name: string): Promise<void>;
  type(text: string, where?: 'channel' | 'thread'): Promise<void>;
}

/** The page compiled, a server for each test, and a browser for all of them; left out, with a word, where there is no Chromium. */
export function inChromium(name: string, tests: (world: ChromiumWorld) => void): void {
  (CHROMIUM === undefined ? describe.skip : describe)(name, () => {
    let browser: Browser;
    let page: Page | undefined;
    let server: DemoServer | undefined;

    const world: ChromiumWorld = {
      get server() {
        if (server === undefined) throw new Error('The server of this test is not started yet');
        return server;
      },
      set server(other) {
        server = other;
      },
      scripts: '',
      faults: [],
      async open(options = {}, address = world.server.url) {
        const context = await browser.newContext({
          viewport: { width: 1280, height: 800 },
          reducedMotion: 'reduce',
          permissions: ['clipboard-read', 'clipboard-write'],
          ...options,
        });
        page = await context.newPage();
        page.setDefaultTimeout(20_000);
        page.on('pageerror', (error) => world.faults.push(error.message));
        page.on('console', (message) => {
          // A stopped server is met on purpose; Chromium reports it as an error of the network.
          const expected = message.text().startsWith('Failed to load resource');
          if (message.type() === 'error' && !expected) world.faults.push(message.text());
        });
        await page.goto(address);
        await page.waitForSelector('.composer');
        return page;
      },
      async picture(name) {
        if (pictures !== undefined) await page?.screenshot({ path: join(pictures, `web-${name}.png`) });
      },
      async type(text, where = 'channel') {
        if (page === undefined) throw new Error('The page is not open yet');
        const box = page.locator(`#composer-${where}`);
        await box.fill(text);
        if ((await page.locator('.completion').count()) > 0) await box.press('Escape');
        await box.press('Enter');
      },
    };

    beforeAll(async () => {
      world.scripts = mkdtempSync(join(tmpdir(), 'talbot-page-'));
      const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const project = join(root, 'adapters', 'web', 'page', 'tsconfig.json');
      execFileSync(process.execPath, [compiler, '-p', project, '--outDir', world.scripts, '--incremental', 'false']);
      if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
      browser = await chromium.launch({
        ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      });
    });

    afterAll(async () => {
      await browser?.close();
      rmSync(world.scripts, { recursive: true, force: true });
    });

    beforeEach(async () => {
      server = await startDemoServer({ scripts: world.scripts, pause: 40 });
      world.faults = [];
    });

    afterEach(async () => {
      await page?.context().close();
      await server?.close();
    });

    tests(world);
  });
}

/** Looks again until what is seen is what is expected. */
export async function eventually<T>(look: () => Promise<T>, expected: unknown): Promise<void> {
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
