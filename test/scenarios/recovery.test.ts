import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resumeLost } from '../../jobs/resume-lost';
import { ChatError, type ChatPlatform } from '../../src/ports/chat-platform';
import { wordsOf } from '../fakes/slack/read-message';
import { BOT } from '../fakes/teams/conversations';
import { textsOf } from '../fakes/teams/read-card';
import { freshDatabaseFolder } from '../store/fresh-database';
import { hasServers, type Logs, openLogs } from './house';
import { queryTime, writeLogs } from './logs';
import { createPageClient } from './page-client';
import { type Program, startProgram } from './program';
import { openSlackPlace, type SlackPlace } from './slack-hunter';
import { openTeamsPlace, type TeamsPlace } from './teams-hunter';
import { until } from './web-hunter';

const question = 'kql SigninLogs | where ResultType != "0"';

describe('a result whose way into the chat goes wrong', () => {
  let logs: Logs;
  let slack: SlackPlace;
  let teams: TeamsPlace;
  /** What happens at the first post of the next result, and at that alone. */
  let atResult: ((post: () => Promise<unknown>) => Promise<void>) | undefined;
  /** Posts that come to nothing. */
  let deaf = 0;

  function wrap(chat: ChatPlatform): ChatPlatform {
    return {
      ...chat,
      async post(thread, card, key) {
        if (deaf > 0) {
          deaf -= 1;
          throw new ChatError('unavailable', 'nobody there');
        }
        const happen = key?.startsWith('result.') ? atResult : undefined;
        if (happen) {
          atResult = undefined;
          await happen(() => chat.post(thread, card, key));
        }
        return chat.post(thread, card, key);
      },
    };
  }

  beforeAll(async () => {
    logs = await openLogs();
    slack = await openSlackPlace({ engine: logs.engine, wrap });
    teams = await openTeamsPlace({ engine: logs.engine, wrap });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([slack?.close(), teams?.close()]);
    await logs?.close();
  });

  async function lostAnswer(post: () => Promise<unknown>): Promise<void> {
    await post();
    throw new ChatError('unavailable', 'the process ended before it could note that it had posted');
  }

  /** Asks in a place, and waits until the result counts as sent. */
  async function ask({ house, hunter }: SlackPlace | TeamsPlace): Promise<string> {
    const id = `R-${(await house.stores.runs.count()) + 1}`;
    await hunter.command(question);
    await until('the result', async () =>
      (await house.stores.runs.get(id))?.result.state === 'sent' ? true : undefined,
    );
    return id;
  }

  async function slackResults(): Promise<string[]> {
    const id = await ask(slack);
    return slack.slack
      .messages('C1')
      .filter((message) => message.metadata?.event_payload.key === `result.${id}`)
      .map((message) => wordsOf(message).replaceAll(id, 'R'));
  }

  test('posted on Slack, and then the process dies: found by its mark and not posted again', async () => {
    atResult = lostAnswer;
    expect(await slackResults()).toEqual([expect.stringContaining('R · 45 rows')]);
  });

  test.each([
    ['asks to wait', { retryAfter: 1, times: 1 }, 'R · 45 rows'],
    ['is out of order', { error: 'fatal_error', times: 2 }, 'R · 45 rows'],
    ['takes no token until it is mended', { error: 'token_revoked', times: 2 }, 'R · 45 rows'],
    ['takes the post and answers with a fault', { lost: true, times: 1 }, 'R · 45 rows'],
    ['refuses the card', { error: 'invalid_blocks', times: 1 }, 'R · 45 rows. Its card could not be shown here.'],
  ])('Slack %s: the result comes, once', async (_, fault, words) => {
    atResult = async () => slack.slack.failNext('chat.postMessage', fault);
    expect(await slackResults()).toEqual([expect.stringContaining(words)]);
  });

  /** What the bot says from the question on. */
  async function teamsMessages(): Promise<string[]> {
    const mine = () => teams.teams.messages('channel:hunting').filter(({ from }) => from === BOT);
    const before = mine().length;
    const id = await ask(teams);
    // An edit of the progress that comes late must not cover a result that stands there.
    const { queue } = teams.house.services;
    await queue.add('deliver-card', { run: id, what: 'progress' }, { id: `late.${id}` });
    await until('the late edit', async () =>
      (await queue.state('deliver-card', `late.${id}`)) === 'done' ? true : undefined,
    );
    return mine()
      .slice(before)
      .map(({ card }) => (card === undefined ? '' : textsOf(card).join('\n')));
  }

  test('posted on Teams, and then the process dies: the progress card takes the result, and nothing is posted again', async () => {
    atResult = lostAnswer;
    const [progress, result, ...more] = await teamsMessages();
    expect(progress).toContain('[Bookmark rows]');
    expect(result).toContain('[Bookmark rows]');
    expect(more).toEqual([]);
  });

  test('Teams is out of order: the result is in the progress card', async () => {
    atResult = async () => teams.teams.fail({ status: 503 });
    const [progress, ...more] = await teamsMessages();
    expect(progress).toContain('[Bookmark rows]');
    expect(more).toEqual([]);
  });

  test('Teams asks to wait: the result comes once, in a card of its own', async () => {
    atResult = async () => teams.teams.fail({ status: 429, retryAfter: 1 });
    const [progress, result, ...more] = await teamsMessages();
    expect(progress).not.toContain('[Bookmark rows]');
    expect(result).toContain('[Bookmark rows]');
    expect(more).toEqual([]);
  });

  test('Teams refuses the card: one line takes its place', async () => {
    atResult = async () => teams.teams.fail({ status: 413 });
    const [, result, ...more] = await teamsMessages();
    expect(result).toContain('Its card could not be shown here.');
    expect(more).toEqual([]);
  });

  test('no progress card could be posted and nobody can tell whether the result was: rather twice than never', async () => {
    deaf = 2;
    expect(await teamsMessages()).toEqual([
      expect.stringMatching(/R-\d+ runs, but its progress could not be shown here/),
      expect.stringContaining('[Bookmark rows]'),
    ]);
  });
});

describe('a queue that loses or lets go of a job', () => {
  let logs: Logs;
  beforeAll(async () => {
    logs = await openLogs();
  });
  afterAll(() => logs.close());

  test('a query whose process failed and that waits for its next try can be cancelled', async () => {
    const failing = {
      ...logs.engine,
      run: async () => {
        throw new Error('the process of the engine ended');
      },
    };
    const place = await openSlackPlace({ engine: failing });
    try {
      await place.hunter.command(question);
      await until('a failed try', async () =>
        place.house.logged.some((line) => line.includes('is tried again')) ? true : undefined,
      );
      await place.hunter.press('R-1', 'Cancel');
      await until('the end of the run', async () =>
        (await place.house.stores.runs.get('R-1'))?.state === 'cancelled' ? true : undefined,
      );
    } finally {
      await place.close();
    }
  });

  test('what the queue knows nothing of is given to it again, what it knows is not', async () => {
    let broken = true;
    const place = await openSlackPlace({ engine: logs.engine });
    const { stores, services } = place.house;
    const add = services.queue.add;
    services.queue.add = async (...args) => {
      if (broken) throw new Error('Redis cannot be reached');
      return add(...args);
    };
    try {
      await place.hunter.command(question);
      await until('the word of the fault', async () =>
        place.house.recorder.said.some(({ line }) => line.includes('Something went wrong')) ? true : undefined,
      );
      broken = false;
      expect(await resumeLost(services)).toBe(0);
      const later = { ...services, clock: { now: () => new Date(Date.now() + 180_000) } };
      expect(await resumeLost(later)).toBe(1);
      await until('the result', async () =>
        (await stores.runs.get('R-1'))?.result.state === 'sent' ? true : undefined,
      );
      expect(await resumeLost(later)).toBe(0);
      const results = place.slack.messages('C1').filter(({ metadata }) => metadata?.event_payload.key === 'result.R-1');
      expect(results).toHaveLength(1);
    } finally {
      await place.close();
    }
  });
});

/** Some seconds of work; a third of a second where `size` is 1. */
function slowQuery(size: number): string {
  return `range a from 1 to ${size * 5000} step 1 | extend k = a % 3 | join kind=inner (range b from 1 to 15000 step 1 | extend k = b % 3) on k | summarize s = sum(a * b % 7)`;
}

describe('processes that are killed', () => {
  let programs: Program[] = [];
  let folders: string[] = [];

  afterEach(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    programs = [];
    folders = [];
  });

  async function dataFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'talbot-killed-'));
    folders.push(folder);
    return folder;
  }

  test('the one process of the embedded mode, in the middle of a query: after its next start the run goes on, and its result is posted once', async () => {
    const logs = await writeLogs();
    folders.push(logs.folder);
    const data = await dataFolder();
    await rename((await freshDatabaseFolder()).folder, join(data, 'state'));
    const settings = { PORT: '0', TALBOT_DATA: data, TALBOT_LOGS: logs.folder, TALBOT_NOW: queryTime.toISOString() };

    async function start() {
      const program = startProgram('adapters/start.ts', settings);
      programs.push(program);
      const url = /http:\S+[^/\s]/.exec(await program.says('Talbot is ready'))?.[0] ?? '';
      return { program, page: await createPageClient(url) };
    }

    const first = await start();
    await first.page.say(`/hunt kql ${slowQuery(8)}`);
    const progress = await until('the running query', async () =>
      (await first.page.messages()).find(({ html }) => html.includes('R-1') && html.includes('running')),
    );
    await first.program.kill();

    const second = await start();
    const results = async () =>
      (await second.page.messages(progress.id)).filter(({ html }) => html.includes('Bookmark rows'));
    await until('the result', async () => ((await results()).length > 0 ? true : undefined));
    await second.page.say('/hunt kql print x = 1');
    await until('the next result', async () =>
      (await second.page.messages()).some(({ html, replies }) => html.includes('R-2') && replies?.count === 1)
        ? true
        : undefined,
    );
    expect(await results()).toHaveLength(1);
    const shown = (await second.page.messages()).find(({ id }) => id === progress.id);
    expect(shown?.html).toContain('1 row');
    expect(await second.program.stop()).toBe(0);
  }, 120_000);

  (hasServers() ? test : test.skip)(
    'one of two workers on Redis and MongoDB, with ten runs under way: each has its result, once',
    async () => {
      const logs = await writeLogs();
      folders.push(logs.folder);
      const place = await openSlackPlace({ engine: await noEngine(), parts: 'shared', worker: false });
      const { redis, mongodb } = place.house.shared ?? { redis: '', mongodb: '' };
      async function startWorker(): Promise<Program> {
        const program = startProgram('jobs/start.ts', {
          REDIS_URL: redis,
          MONGODB_URL: mongodb,
          TALBOT_DATA: await dataFolder(),
          TALBOT_LOGS: logs.folder,
          TALBOT_QUERIES_AT_ONCE: '2',
          SLACK_BOT_TOKEN: 'xoxb-fake',
          SLACK_SIGNING_SECRET: 'a-signing-secret',
          SLACK_API_URL: place.slack.settings('http').apiUrl ?? '',
          LOG_LEVEL: 'info',
        });
        programs.push(program);
        await program.says('worker started');
        return program;
      }
      try {
        const [doomed] = await Promise.all([startWorker(), startWorker()]);
        const channels = Array.from({ length: 10 }, (_, i) => `C${100 + i}`);
        for (const channel of channels) place.slack.addChannel(channel);
        for (const channel of channels) await place.slack.user('U1').command(channel, `/hunt kql ${slowQuery(1)}`);
        const states = async () =>
          (await place.house.stores.runs.find({ limit: 20 })).map(({ result }) => result.state);
        await until('a first result', async () => ((await states()).includes('sent') ? true : undefined));
        await doomed.kill();
        await until(
          'ten results',
          async () => ((await states()).filter((state) => state === 'sent').length === 10 ? true : undefined),
          6000,
        );
        const marks = place.slack.workspace.messages.flatMap(({ metadata }) => {
          const key = metadata?.event_payload.key;
          return typeof key === 'string' && key.startsWith('result.') ? [key] : [];
        });
        expect(marks.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `result.R-${i + 1}`).sort());
      } finally {
        await place.close();
      }
    },
    180_000,
  );
});

/** The bot of a production installation runs no query itself. */
async function noEngine() {
  const nothing = async () => {
    throw new Error('the bot runs no query');
  };
  return { name: 'duckdb', run: nothing, check: nothing, tables: async () => [], close: async () => {} };
}
