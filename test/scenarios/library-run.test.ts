import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HuntQuery } from '../../src/domain/query';
import type { QueryEngine } from '../../src/ports/query-engine';
import type { Stores } from '../../src/ports/stores';
import { wordsOf } from '../fakes/slack/read-message';
import { freshDatabaseFolder } from '../store/fresh-database';
import { hasServers, type Logs, openLogs, type Parts } from './house';
import { queryTime, writeLogs } from './logs';
import { createPageClient } from './page-client';
import { type Program, startProgram } from './program';
import { openSlackPlace, type SlackPlace } from './slack-hunter';
import { until } from './web-hunter';

const system = { platform: 'system' as const, tenant: '', id: 'talbot', name: 'Talbot' };

async function addQuery(stores: Stores, text: string, more: Partial<HuntQuery> = {}): Promise<string> {
  const number = await stores.next('query');
  const now = new Date();
  const id = `Q-${number}`;
  await stores.queries.insert({
    id,
    number,
    origin: 'custom',
    name: `Query ${number}`,
    description: '',
    text,
    tactics: [],
    techniques: [],
    dataTypes: [],
    entityMappings: [],
    createdBy: system,
    createdAt: now,
    updatedAt: now,
    ...more,
  });
  return id;
}

describe.each<Parts>(hasServers() ? ['embedded', 'servers'] : ['embedded'])(
  'the library is run as a whole, %s',
  (parts) => {
    let logs: Logs;
    let place: SlackPlace;
    /** Held counts end when this does, or with their signal. */
    let hold: Promise<void> | undefined;
    let counts = 0;
    let aborted = 0;

    beforeAll(async () => {
      logs = await openLogs();
      const engine: QueryEngine = {
        ...logs.engine,
        async count(request, signal) {
          counts += 1;
          if (hold)
            await Promise.race([
              hold,
              new Promise((_, reject) =>
                signal?.addEventListener('abort', () => {
                  aborted += 1;
                  reject(new Error('aborted'));
                }),
              ),
            ]);
          return logs.engine.count?.(request, signal) ?? 0;
        },
      };
      place = await openSlackPlace({ engine, parts });
      const { stores } = place.house;
      await addQuery(stores, 'Feed_CL | where Address == "x"');
      await addQuery(stores, 'SigninLogs | where Nope == 1');
      await addQuery(stores, 'SigninLogs | where UserPrincipalName == "nobody"', { tactics: ['Impact'] });
      await addQuery(stores, 'SigninLogs', { deletedAt: new Date() });
    }, 60_000);
    afterAll(async () => {
      await place?.close();
      await logs?.close();
    });

    const sweep = (id: string) => place.house.stores.sweeps.get(id);
    const ended = (id: string) =>
      until(`the end of ${id}`, async () => ((await sweep(id))?.result.state === 'sent' ? true : undefined));
    const messages = (words: string) =>
      place.slack.workspace.messages
        .filter((message) => message.bot_id !== undefined)
        .map(wordsOf)
        .filter((text) => text.includes(words));

    test('one progress card, one result, and the results bar: a number, N/A, !, and what changed', async () => {
      await place.hunter.command('run-all');
      await ended('S-1');
      const bar = (await place.house.stores.queries.find({ sort: [{ field: 'number', direction: 'up' }] })).map(
        ({ id, resultState, resultCount, resultDelta, resultMessage, resultSweep }) =>
          [id, resultState, resultCount, resultDelta, resultMessage?.slice(0, 30), resultSweep].filter(
            (one) => one !== undefined,
          ),
      );
      expect(bar).toEqual([
        ['Q-1', 'counted', 45, 45, 'S-1'],
        ['Q-2', 'counted', 2, 2, 'S-1'],
        ['Q-3', 'counted', 0, 0, 'S-1'],
        ['Q-4', 'missing', 'There is no table Feed_CL here', 'S-1'],
        ['Q-5', 'failed', "The name 'Nope' does not refer", 'S-1'],
        ['Q-6', 'counted', 0, 0, 'S-1'],
        ['Q-7'],
      ]);
      expect(messages('S-1 · 2 of 6 queries found something')).toHaveLength(1);
      await until('the last edit', async () =>
        messages('S-1 · finished, 2 of 6 queries found something').length === 1 ? true : undefined,
      );
      expect(messages('S-1 · ')).toHaveLength(2);
      expect(place.hunter.refusals()).toEqual([]);
      // A number, and the two days: nothing is counted for a table that is not there.
      expect(counts).toBe(4 * 3 + 2);
    });

    test('the list shows them, most changed first, without what found nothing', async () => {
      await place.hunter.command('queries --results --sort delta');
      const list = await until('the list', async () => messages('Results counted 2').at(-1));
      expect(list).toMatch(/Q-1[\s\S]*45[\s\S]*\+45[\s\S]*Q-2[\s\S]*\+2/);
      expect(list).toContain('S-1: Last 7 days, up to 2026-11-21 00:00 UTC');
      expect(list).not.toContain('Q-3');
    });

    test('queries ticked on the result become a hunt of their own', async () => {
      await place.hunter.choose('S-1 · 2 of 6', 'Tick queries to hunt with', ['Q-2', 'Q-1'], 'Create hunt');
      await place.hunter.submit({ name: 'From the results' });
      const hunt = await until('the hunt', async () => (await place.house.stores.hunts.get('H-1')) ?? undefined);
      const own = await until('its queries', async () => {
        const found = await place.house.stores.queries.find({ where: { hunt: { is: hunt.id } } });
        return found.length === 2 ? found : undefined;
      });
      expect(own.map(({ source }) => source).sort()).toEqual(['Q-1', 'Q-2']);
      expect(own.every((query) => query.resultSweep === undefined)).toBe(true);
    });

    test('ticked queries are run at once, and remember who ran them', async () => {
      await place.hunter.choose('S-1 · 2 of 6', 'Tick queries to hunt with', ['Q-2'], 'Run these');
      await until('the run', async () =>
        (await place.house.stores.runs.get('R-1'))?.result.state === 'sent' ? true : undefined,
      );
      expect((await place.house.stores.queries.get('Q-2'))?.lastRun).toMatchObject({
        run: 'R-1',
        rows: 2,
        failed: false,
        by: { id: 'U1' },
      });
    });

    test('what failed is listed with its reason', async () => {
      await place.hunter.press('S-1 · 2 of 6', 'Failed (1)');
      const card = await until('the card', async () => messages('S-1 · 1 query failed')[0]);
      expect(card).toContain("The name 'Nope' does not refer to any known column");
    });

    test('a second one at once is refused with a word, a cancelled one ends at once and keeps what it has', async () => {
      let release: () => void = () => undefined;
      hold = new Promise((resolve) => {
        release = resolve;
      });
      const before = await place.house.stores.queries.get('Q-1');
      await place.hunter.command('run-all --tactic CredentialAccess,Impact');
      await until('a count under way', async () => ((await sweep('S-2')) && counts > 14 ? true : undefined));
      await place.hunter.command('run-all');
      await until('the refusal', async () => (messages('S-2 runs already, asked by').length > 0 ? true : undefined));
      await place.hunter.press('S-2 · running 2 queries', 'Cancel');
      await until('the edit', async () => (messages('S-2 · cancelled by').length > 0 ? true : undefined));
      await until('the end of the count', async () => (aborted > 0 ? true : undefined));
      release();
      hold = undefined;
      expect(await sweep('S-2')).toMatchObject({ state: 'cancelled', filter: 'Credential Access or Impact' });
      expect(await place.house.stores.queries.get('Q-1')).toMatchObject({ resultSweep: before?.resultSweep ?? '' });
      await place.hunter.command('cancel S-2');
      await until('the word', async () => (messages('S-2 is over already').length > 0 ? true : undefined));
      await place.hunter.command('run-all --tactic CredentialAccess');
      await ended('S-3');
      expect((await place.house.stores.queries.get('Q-1'))?.resultSweep).toBe('S-3');
      expect(messages('S-2 · 0 of')).toEqual([]);
    });
  },
);

describe('the process is killed in the middle', () => {
  const folders: string[] = [];
  const programs: Program[] = [];

  afterEach(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });

  test('after its next start the library run goes on where it was, and its result is posted once', async () => {
    const logs = await writeLogs();
    const data = await mkdtemp(join(tmpdir(), 'talbot-library-run-'));
    folders.push(logs.folder, data);
    await rename((await freshDatabaseFolder()).folder, join(data, 'state'));
    const settings = {
      PORT: '0',
      TALBOT_DATA: data,
      TALBOT_LOGS: logs.folder,
      TALBOT_NOW: queryTime.toISOString(),
      TALBOT_QUERIES_AT_ONCE: '1',
    };

    async function start() {
      const program = startProgram('adapters/start.ts', settings);
      programs.push(program);
      const url = /http:\S+[^/\s]/.exec(await program.says('Talbot is ready'))?.[0] ?? '';
      return { program, page: await createPageClient(url) };
    }

    const first = await start();
    await first.page.say('/hunt run-all');
    await until('some of it', async () =>
      (await first.page.messages()).some(({ html }) => /S-1 · running/.test(html)) ? true : undefined,
    );
    await first.program.kill();

    const second = await start();
    const progress = await until(
      'the end',
      async () => (await second.page.messages()).find(({ html }) => html.includes('S-1 · finished')),
      4000,
    );
    const results = async () =>
      (await second.page.messages(progress.id)).filter(
        ({ html }) => html.includes('S-1 ·') && html.includes('rows of the last 24 hours'),
      );
    await until('the result', async () => ((await results()).length > 0 ? true : undefined));
    await second.page.say('/hunt kql print x = 1');
    await until('the next result', async () =>
      (await second.page.messages()).some(({ html, replies }) => html.includes('R-1') && replies?.count === 1)
        ? true
        : undefined,
    );
    expect(await results()).toHaveLength(1);
    expect(await second.program.stop()).toBe(0);
  }, 180_000);
});
