import { setTimeout as pause } from 'node:timers/promises';
import type { Backend } from '../../jobs/backend';
import { defineJob, type Job, type JobContext, type JobDefinition, wasCancelled } from '../../jobs/define-job';
import { createQueue } from '../../jobs/queue';
import { createWorker, type JobWorker } from '../../jobs/worker';
import { UserError } from '../../src/errors';
import type { Log } from '../../src/log';
import { ChatError } from '../../src/ports/chat-platform';
import type { JobPayload, JobQueue } from '../../src/ports/job-queue';

export const quiet: Log = { info() {}, warn() {}, error() {} };

export interface QueuePlace {
  /** What one more process would have; on the embedded database there is only one. */
  connect(): Backend;
  close(): Promise<void>;
}

type RunQuery = JobPayload<'run-query'>;
type Start = RunQuery & Pick<JobContext, 'attempt' | 'lastAttempt'>;

/** A `run-query` job that notes its starts and then does what the test says. */
export function notedJob(
  act: (start: Start, signal: AbortSignal) => Promise<void> | void = () => {},
  more: Partial<JobDefinition<'run-query'>> = {},
) {
  const starts: Start[] = [];
  const lost: { payload: RunQuery; error: unknown }[] = [];
  const job = defineJob({
    name: 'run-query',
    concurrency: 4,
    async run(payload, { signal, attempt, lastAttempt }) {
      const start = { ...payload, attempt, lastAttempt };
      starts.push(start);
      await act(start, signal);
    },
    async onLost(payload, error) {
      lost.push({ payload, error });
    },
    ...more,
  });
  return { job, starts, lost };
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 1500; tries++) {
    if (await holds()) return;
    await pause(20);
  }
  throw new Error(`did not come about within 30 seconds: ${what}`);
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What every queue must do. */
export function queueContract(open: () => Promise<QueuePlace>) {
  let place: QueuePlace;
  let queue: JobQueue;
  let opened: { close(): Promise<void> }[];

  beforeEach(async () => {
    opened = [];
    place = await open();
    const backend = place.connect();
    queue = createQueue(backend, { log: quiet });
    opened.unshift(queue, backend);
  });
  afterEach(async () => {
    for (const part of opened) await part.close();
    await place.close();
  });

  async function work(jobs: Job[], more: { graceMilliseconds?: number } = {}): Promise<JobWorker> {
    const backend = place.connect();
    opened.unshift(backend);
    const worker = await createWorker(backend, { jobs, log: quiet, graceMilliseconds: 200, ...more });
    opened.unshift(worker);
    return worker;
  }

  test('runs a job once, with its payload, and says how it stands', async () => {
    await queue.add('run-query', { run: 'R-1', query: 'Q-1' }, { id: 'R-1.Q-1' });
    expect(await queue.state('run-query', 'R-1.Q-1')).toBe('waiting');
    expect((await queue.counts())['run-query']).toEqual({ waiting: 1, running: 0, failed: 0 });

    let end = () => {};
    const { job, starts } = notedJob(() => new Promise((resolve) => (end = resolve)));
    const worker = await work([job]);
    await until(() => starts.length === 1, 'a start');
    expect(starts).toEqual([{ run: 'R-1', query: 'Q-1', attempt: 1, lastAttempt: false }]);
    expect(worker.started()).toBe(1);
    expect(await queue.state('run-query', 'R-1.Q-1')).toBe('running');
    expect((await queue.counts())['run-query']).toEqual({ waiting: 0, running: 1, failed: 0 });
    end();
    await until(async () => (await queue.state('run-query', 'R-1.Q-1')) === 'done', 'the end');
    expect(await queue.state('run-query', 'unheard-of')).toBe('unknown');
    expect((await queue.counts())['run-query']).toEqual({ waiting: 0, running: 0, failed: 0 });
  });

  test('refuses a payload that does not fit', async () => {
    // @ts-expect-error: what a program without types might do
    await expect(queue.add('run-query', { run: 5 })).rejects.toThrow(/query/);
  });

  test('knows an id while its job waits and after it ended, whatever it is made of', async () => {
    const { job, starts } = notedJob();
    for (const id of ['R-1.Q-1', '17', 'a:b:c', 'a%3Ab', 'H-1/Q-1 ü']) {
      await queue.add('run-query', { run: id, query: '1' }, { id });
      await queue.add('run-query', { run: id, query: '2' }, { id });
    }
    await work([job]);
    await until(() => starts.length === 5, 'all of them');
    await until(async () => (await queue.state('run-query', '17')) === 'done', 'the end');
    await queue.add('run-query', { run: '17', query: '3' }, { id: '17' });
    await queue.add('run-query', { run: 'last', query: '1' });
    await until(() => starts.some(({ run }) => run === 'last'), 'the last one');
    expect(starts.map(({ query }) => query)).toEqual(['1', '1', '1', '1', '1', '1']);
  });

  test('holds a delayed job back', async () => {
    const { job, starts } = notedJob();
    await work([job]);
    const added = Date.now();
    let startedAt = 0;
    await queue.add('run-query', { run: 'late', query: 'Q' }, { delayMilliseconds: 700 });
    await queue.add('run-query', { run: 'soon', query: 'Q' });
    await until(() => {
      if (starts.length === 2) startedAt = Date.now();
      return starts.length === 2;
    }, 'both');
    expect(starts.map(({ run }) => run)).toEqual(['soon', 'late']);
    expect(startedAt - added).toBeGreaterThanOrEqual(690);
  });

  test('tries again after a passing fault, each time later', async () => {
    const times: number[] = [];
    const { job, starts, lost } = notedJob(({ attempt }) => {
      times.push(Date.now());
      if (attempt < 3) throw new Error('passing');
    });
    await work([job]);
    await queue.add('run-query', { run: 'R-1', query: 'Q-1' }, { id: 'retried' });
    await until(async () => (await queue.state('run-query', 'retried')) === 'done', 'the third try');
    expect(starts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(1990);
    expect(lost).toEqual([]);
  });

  test('waits as long as a chat asks for', async () => {
    const times: number[] = [];
    const { job } = notedJob(({ attempt }) => {
      times.push(Date.now());
      if (attempt === 1) throw new ChatError('rate-limited', 'slow down', 2);
    });
    await work([job]);
    await queue.add('run-query', { run: 'R-1', query: 'Q-1' });
    await until(() => times.length === 2, 'the second try');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1990);
  });

  test('does not repeat a lasting fault, and reports it before the job counts as failed', async () => {
    const { job, starts, lost } = notedJob(() => {
      throw new UserError('bad-input', 'never will');
    });
    await work([job]);
    await queue.add('run-query', { run: 'R-1', query: 'Q-1' }, { id: 'bad' });
    await until(async () => (await queue.state('run-query', 'bad')) === 'failed', 'the failure');
    expect(starts).toHaveLength(1);
    expect(lost).toEqual([{ payload: { run: 'R-1', query: 'Q-1' }, error: expect.any(UserError) }]);
    expect((await queue.counts())['run-query'].failed).toBe(1);
  });

  test('gives up after the last try that the definition or the caller allows', async () => {
    const { job, starts, lost } = notedJob(
      () => {
        throw new Error('again');
      },
      { attempts: 2 },
    );
    await work([job]);
    await queue.add('run-query', { run: 'two', query: 'Q' }, { id: 'two' });
    await queue.add('run-query', { run: 'one', query: 'Q' }, { id: 'one', attempts: 1 });
    await until(() => lost.length === 2, 'both given up');
    await until(async () => (await queue.state('run-query', 'two')) === 'failed', 'the failure');
    expect(starts.filter(({ run }) => run === 'two').map(({ lastAttempt }) => lastAttempt)).toEqual([false, true]);
    expect(starts.filter(({ run }) => run === 'one').map(({ lastAttempt }) => lastAttempt)).toEqual([true]);
  });

  test('reports again until the report is taken', async () => {
    let reports = 0;
    const { job } = notedJob(
      () => {
        throw new UserError('bad-input', 'no');
      },
      {
        async onLost() {
          reports += 1;
          if (reports < 3) throw new Error('the store is away');
        },
      },
    );
    await work([job]);
    await queue.add('run-query', { run: 'R', query: 'Q' }, { id: 'reported' });
    await until(async () => (await queue.state('run-query', 'reported')) === 'failed', 'the failure');
    expect(reports).toBe(3);
  });

  test('drops what one that waits will do as well, and nothing that comes once it runs', async () => {
    const ends: (() => void)[] = [];
    const { job, starts } = notedJob(() => new Promise((resolve) => ends.push(resolve)));
    const add = (run: string) => queue.add('run-query', { run, query: 'Q' }, { dropWhileWaiting: 'R-1.progress' });
    await add('first');
    await add('dropped');
    await work([job]);
    await until(() => starts.length === 1, 'the first');
    await add('second');
    await add('third');
    await queue.add('run-query', { run: 'other', query: 'Q' }, { dropWhileWaiting: 'R-2.progress' });
    await until(() => starts.some(({ run }) => run === 'other'), 'one of another key');
    expect(starts.map(({ run }) => run)).toEqual(['first', 'other']);
    ends[0]?.();
    await until(() => starts.length === 3, 'the newest of those that came meanwhile');
    expect(starts[2]?.run).toBe('third');
    for (const end of ends) end();
    await until(async () => (await queue.counts())['run-query'].running === 0, 'the end');
    await add('fourth');
    await until(() => starts.length === 4, 'one that came after the end');
    expect(starts[3]?.run).toBe('fourth');
    for (const end of ends) end();
  });

  test('takes a cancelled job out while it waits', async () => {
    await queue.add('run-query', { run: 'gone', query: 'Q' }, { id: 'gone' });
    await queue.add('run-query', { run: 'later', query: 'Q' }, { id: 'later', delayMilliseconds: 60_000 });
    await queue.cancel('run-query', 'gone');
    await queue.cancel('run-query', 'later');
    await queue.cancel('run-query', 'unheard-of');
    expect(await queue.state('run-query', 'gone')).toBe('unknown');
    expect(await queue.state('run-query', 'later')).toBe('unknown');
    const { job, starts } = notedJob();
    await work([job]);
    await queue.add('run-query', { run: 'next', query: 'Q' });
    await until(() => starts.length === 1, 'the next');
    expect(starts[0]?.run).toBe('next');
  });

  test('aborts a cancelled job while it runs, and only that one', async () => {
    const cancelled: string[] = [];
    let end = () => {};
    const { job, starts, lost } = notedJob(async ({ run }, signal) => {
      if (run === 'other') return new Promise((resolve) => (end = resolve));
      await aborted(signal);
      if (wasCancelled(signal)) cancelled.push(run);
      if (run === 'throws') throw new Error('stopped');
    });
    await work([job]);
    for (const run of ['settles', 'throws', 'other']) await queue.add('run-query', { run, query: 'Q' }, { id: run });
    await until(() => starts.length === 3, 'all of them');
    await queue.cancel('run-query', 'settles');
    await queue.cancel('run-query', 'throws');
    await until(async () => (await queue.state('run-query', 'settles')) === 'done', 'the one that settles');
    await until(async () => (await queue.state('run-query', 'throws')) === 'failed', 'the one that throws');
    expect(cancelled.sort()).toEqual(['settles', 'throws']);
    expect(lost.map(({ payload }) => payload.run)).toEqual(['throws']);
    expect(await queue.state('run-query', 'other')).toBe('running');
    end();
    await until(async () => (await queue.state('run-query', 'other')) === 'done', 'the other');
    expect(starts).toHaveLength(3);
  });

  test('runs a schedule until it is taken back; setting it again or otherwise replaces it', async () => {
    const every = { pattern: '* * * * * *', timeZone: 'Europe/Zurich' };
    const never = { pattern: '0 0 29 2 *', timeZone: 'Europe/Zurich' };
    const { job, starts } = notedJob();
    let purges = 0;
    const purge = defineJob({
      name: 'purge-runs',
      concurrency: 1,
      async run() {
        purges += 1;
      },
    });
    await work([job, purge]);
    await queue.schedule('daily:1', every, 'run-query', { run: 'R', query: 'Q' });
    await queue.schedule('daily:1', every, 'run-query', { run: 'R', query: 'Q' });
    await until(() => starts.length >= 2, 'two runs');
    expect(starts[0]).toMatchObject({ run: 'R', query: 'Q' });

    await queue.schedule('daily:1', every, 'purge-runs', {});
    await until(() => purges >= 1, 'the other job');
    const before = starts.length;
    const purged = purges;
    await until(() => purges >= purged + 2, 'two more of the other job');
    expect(starts.length).toBeLessThanOrEqual(before + 1);

    await queue.schedule('daily:1', never, 'purge-runs', {});
    await pause(100);
    const last = purges;
    await pause(1500);
    expect(purges).toBeLessThanOrEqual(last + 1);
    await queue.unschedule('daily:1');
    await queue.unschedule('daily:1');
  });

  test('runs as many at once as the definition says', async () => {
    const ends: (() => void)[] = [];
    const { job, starts } = notedJob(() => new Promise((resolve) => ends.push(resolve)), { concurrency: 2 });
    await work([job]);
    for (const run of ['1', '2', '3']) await queue.add('run-query', { run, query: 'Q' });
    await until(() => starts.length === 2, 'two');
    await pause(200);
    expect(starts).toHaveLength(2);
    ends[0]?.();
    await until(() => starts.length === 3, 'the third');
    for (const end of ends) end();
  });

  test('waits for running jobs when it closes', async () => {
    let ended = false;
    const { job, starts } = notedJob(async () => {
      await pause(400);
      ended = true;
    });
    const worker = await work([job], { graceMilliseconds: 20_000 });
    await queue.add('run-query', { run: 'R', query: 'Q' }, { id: 'R' });
    await until(() => starts.length === 1, 'the start');
    await worker.close();
    expect(ended).toBe(true);
    expect(await queue.state('run-query', 'R')).toBe('done');
  });

  test('hands back what does not end in time, without counting it as a try', async () => {
    const first = notedJob(
      async (_, signal) => {
        await aborted(signal);
        expect(wasCancelled(signal)).toBe(false);
        throw new Error('stopped');
      },
      { attempts: 1 },
    );
    const worker = await work([first.job], { graceMilliseconds: 50 });
    await queue.add('run-query', { run: 'R', query: 'Q' }, { id: 'R' });
    await until(() => first.starts.length === 1, 'the start');
    await worker.close();
    expect(await queue.state('run-query', 'R')).toBe('waiting');
    expect(first.lost).toEqual([]);

    const second = notedJob(() => {}, { attempts: 1 });
    await work([second.job]);
    await until(async () => (await queue.state('run-query', 'R')) === 'done', 'the end');
    expect(second.starts).toEqual([{ run: 'R', query: 'Q', attempt: 2, lastAttempt: true }]);
  });

  test('two jobs of one name in one worker are a mistake', async () => {
    await expect(work([notedJob().job, notedJob().job])).rejects.toThrow(/defined twice/);
  });
}
