import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { redisBackend } from '../../jobs/backend';
import { createQueue } from '../../jobs/queue';
import { createWorker } from '../../jobs/worker';
import { aborted, notedJob, type QueuePlace, queueContract, quiet, until } from '../contracts/queue.contract';
import { freePort, testServers } from '../servers';
import { startScript } from '../start-script';

const url = testServers().redis?.url ?? '';
const describeOnRedis = url === '' ? describe.skip : describe;

function openPlace(): QueuePlace & { prefix: string } {
  const prefix = `test-${randomUUID()}`;
  return {
    prefix,
    connect: () => redisBackend({ url, prefix, log: quiet }),
    async close() {
      const redis = new Redis(url);
      const keys = await redis.keys(`${prefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    },
  };
}

describeOnRedis('the queue on Redis', () => {
  queueContract(async () => openPlace());
});

describeOnRedis('several processes on one Redis', () => {
  let place: ReturnType<typeof openPlace>;
  let opened: { close(): Promise<void> }[];
  beforeEach(() => {
    place = openPlace();
    opened = [];
  });
  afterEach(async () => {
    for (const part of opened) await part.close();
    await place.close();
  });

  function openQueue() {
    const backend = place.connect();
    const queue = createQueue(backend, { log: quiet });
    opened.unshift(queue, backend);
    return { backend, queue };
  }

  async function work(noted: ReturnType<typeof notedJob>, more: { deathsAllowed?: number } = {}) {
    const backend = place.connect();
    opened.unshift(
      await createWorker(backend, { jobs: [noted.job], log: quiet, graceMilliseconds: 200, ...more }),
      backend,
    );
  }

  test('a job of a killed worker is taken up by another, and that is no failed try', async () => {
    const { queue } = openQueue();
    await queue.add('run-query', { run: 'R-1', query: 'Q' }, { id: 'R-1' });
    const other = startScript('jobs/hang-on-redis.ts', url, place.prefix);
    await other.line('started R-1');
    await other.kill();
    expect(await queue.state('run-query', 'R-1')).toBe('running');

    const noted = notedJob(() => {}, { attempts: 1 });
    await work(noted);
    await until(async () => (await queue.state('run-query', 'R-1')) === 'done', 'the second start');
    expect(noted.starts).toEqual([{ run: 'R-1', query: 'Q', attempt: 2, lastAttempt: true }]);
    expect(noted.lost).toEqual([]);
  });

  test('a job that takes its process down again and again is given up and reported', async () => {
    const { queue } = openQueue();
    await queue.add('run-query', { run: 'R-1', query: 'Q' }, { id: 'R-1' });
    for (let deaths = 0; deaths < 2; deaths++) {
      const other = startScript('jobs/hang-on-redis.ts', url, place.prefix);
      await other.line('started R-1');
      await other.kill();
    }
    const noted = notedJob();
    await work(noted, { deathsAllowed: 1 });
    await until(async () => (await queue.state('run-query', 'R-1')) === 'failed', 'the end');
    expect(noted.starts).toEqual([]);
    expect(noted.lost).toHaveLength(1);
  });

  test('a job that runs in another process is cancelled there', async () => {
    const { queue } = openQueue();
    const other = startScript('jobs/hang-on-redis.ts', url, place.prefix);
    await queue.add('run-query', { run: 'R-1', query: 'Q' }, { id: 'R-1' });
    await other.line('started R-1');
    await queue.cancel('run-query', 'R-1');
    await other.line('cancelled R-1');
    await until(async () => (await queue.state('run-query', 'R-1')) === 'failed', 'the end');
    await other.kill();
  });

  test('a cancellation is seen although its message was lost', async () => {
    const { backend, queue } = openQueue();
    backend.say = async () => {};
    const noted = notedJob((_, signal) => aborted(signal));
    await work(noted);
    await queue.add('run-query', { run: 'R-1', query: 'Q' }, { id: 'R-1' });
    await until(() => noted.starts.length === 1, 'the start');
    await queue.cancel('run-query', 'R-1');
    await until(async () => (await queue.state('run-query', 'R-1')) === 'done', 'the abort');
  });

  test('a job cancelled in a worker that died before it heard starts aborted in the next', async () => {
    const { queue } = openQueue();
    await queue.add('run-query', { run: 'R-1', query: 'Q' }, { id: 'R-1' });
    const other = startScript('jobs/hang-on-redis.ts', url, place.prefix);
    await other.line('started R-1');
    await other.kill();
    await queue.cancel('run-query', 'R-1');
    const seen: boolean[] = [];
    await work(
      notedJob((_, signal) => {
        seen.push(signal.aborted);
      }),
    );
    await until(async () => (await queue.state('run-query', 'R-1')) === 'done', 'the end');
    expect(seen).toEqual([true]);
  });

  test('two workers share the jobs, and none runs twice', async () => {
    const { queue } = openQueue();
    const both = [notedJob(), notedJob()];
    for (const noted of both) await work(noted);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => queue.add('run-query', { run: `R-${index}`, query: 'Q' })),
    );
    const runs = () => both.flatMap(({ starts }) => starts.map(({ run }) => run));
    await until(() => runs().length >= 60, 'all of them');
    expect(new Set(runs()).size).toBe(60);
    expect(runs()).toHaveLength(60);
  });
});

describe('a Redis that is away', () => {
  test('makes adding a job fail instead of hang, and says so once', async () => {
    const said: string[] = [];
    const log = { ...quiet, warn: (_: object, message: string) => said.push(message) };
    const backend = redisBackend({ url: `redis://127.0.0.1:${await freePort()}`, log });
    const queue = createQueue(backend, { log });
    await expect(queue.add('run-query', { run: 'R', query: 'Q' })).rejects.toThrow('Redis cannot be reached');
    expect(said).toEqual(['Redis cannot be reached; trying on']);
    await queue.close();
    await backend.close();
  });
});
