import { setTimeout as pause } from 'node:timers/promises';
import { type Job as BullJob, UnrecoverableError, WaitingError } from 'bullmq';
import { z } from 'zod';
import type { Log } from '../src/log';
import type { Backend, JobTaker } from './backend';
import { type Job, JobAborted } from './define-job';
import { isLasting, retryDelay } from './fault';
import { cancelledMark, openTables } from './queue';
import { createJobRegistry } from './registry';

/** A job whose process died this often is given up: it is the likely cause. */
const defaultDeathsAllowed = 10;
const abortMilliseconds = 5000;

export interface JobWorker {
  /** Jobs started in this process so far. */
  started(): number;
  /** Takes no new jobs; running ones get `graceMilliseconds` to end, then are aborted and handed back. */
  close(): Promise<void>;
}

interface Execution {
  job: Job;
  taken: BullJob;
  token: string;
  controller: AbortController;
}

const CancelMessage = z.object({ name: z.string(), id: z.string() });

/** Runs the jobs of a backend in this process. Any number of processes may do so. */
export async function createWorker(
  backend: Backend,
  options: { jobs: Job[]; log: Log; graceMilliseconds?: number; deathsAllowed?: number },
): Promise<JobWorker> {
  const { log } = options;
  const registry = createJobRegistry(options.jobs);
  const executions = new Set<Execution>();
  const tables = openTables(backend, log);
  let started = 0;

  await backend.ready('forever');
  const stopHearing = await backend.hear((text) => {
    const message = CancelMessage.safeParse(safeJson(text)).data;
    for (const execution of executions) {
      if (execution.job.name === message?.name && execution.taken.id === message.id) abort(execution, 'cancelled');
    }
  });
  const takers = [...registry.values()].map((job) => takerOf(job));
  for (const taker of takers) {
    taker.run().catch((error: unknown) => log.error({ error }, 'a worker ended'));
  }

  function takerOf(job: Job): JobTaker {
    const taker = backend.taker(job.name, (taken, token = '') => perform(job, taken, token), {
      concurrency: job.concurrency,
      autorun: false,
      lockDuration: backend.patience.lockMilliseconds,
      stalledInterval: backend.patience.checkMilliseconds,
      // Counted here instead, where the end can be reported.
      maxStalledCount: 1_000_000,
      // Done here instead: BullMQ forgets one of two starts of the same job.
      skipLockRenewal: true,
      settings: { backoffStrategy: (attemptsMade, _, error) => retryDelay(attemptsMade, error) },
    });
    taker.on('error', (error: Error) => {
      if (!backend.away()) log.warn({ error, job: job.name }, 'a worker has trouble');
    });
    taker.on('stalled', (id: string) => log.warn({ job: job.name, id }, 'a job was taken over from a silent process'));
    return taker;
  }

  async function perform(job: Job, taken: BullJob, token: string): Promise<void> {
    const execution: Execution = { job, taken, token, controller: new AbortController() };
    executions.add(execution);
    started += 1;
    const renewal = setInterval(() => void renew(execution), backend.patience.lockMilliseconds / 4);
    try {
      await renew(execution);
      await attempt(execution);
    } finally {
      clearInterval(renewal);
      executions.delete(execution);
    }
  }

  /** Keeps the job this worker's own, and sees a cancellation whose message was missed. */
  async function renew({ job, taken, token, controller }: Execution): Promise<void> {
    try {
      const held = await taken.extendLock(token, backend.patience.lockMilliseconds);
      if (held < 1) return abort({ controller }, 'lost');
      if (await isMarkedCancelled({ job, taken })) abort({ controller }, 'cancelled');
    } catch (error) {
      log.warn({ error, job: job.name, id: taken.id }, 'the hold on a job could not be renewed; trying on');
    }
  }

  async function isMarkedCancelled({ job, taken }: Pick<Execution, 'job' | 'taken'>): Promise<boolean> {
    const now = await (await tables.tableOf(job.name)).getJob(String(taken.id));
    return JSON.stringify(now?.progress) === JSON.stringify(cancelledMark);
  }

  async function attempt(execution: Execution): Promise<void> {
    const { job, taken, controller } = execution;
    const lastAttempt = taken.attemptsMade + 1 >= Math.min(job.attempts, taken.opts.attempts ?? 1);
    try {
      if (taken.stalledCounter > (options.deathsAllowed ?? defaultDeathsAllowed)) {
        throw new UnrecoverableError(`the process that ran it ended ${taken.stalledCounter} times`);
      }
      await job.run(taken.data, { signal: controller.signal, attempt: taken.attemptsStarted, lastAttempt });
    } catch (error) {
      const why = abortedBecause(controller);
      // Whoever has it now ends it.
      if (why === 'lost') throw error;
      if (why === 'stopping') return handBack(execution);
      const lasting = why === 'cancelled' || error instanceof UnrecoverableError || isLasting(error);
      if (!lasting && !lastAttempt) {
        log.warn(
          { error, job: job.name, id: taken.id, attempt: taken.attemptsMade + 1 },
          'a job failed and is tried again',
        );
        throw error instanceof Error ? error : new Error(String(error));
      }
      await reportLost(execution, error);
      throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
    }
  }

  /** Before the job is put away as failed, so that even a process that dies in between leaves it to be reported. */
  async function reportLost(execution: Execution, error: unknown): Promise<void> {
    const { job, taken, controller } = execution;
    log.error({ error, job: job.name, id: taken.id, data: taken.data }, 'a job was given up');
    for (let tries = 1; ; tries++) {
      try {
        await job.onLost(taken.data, error);
        return;
      } catch (fault) {
        log.error({ error: fault, job: job.name, id: taken.id }, 'the end of a job could not be reported; trying on');
      }
      const why = abortedBecause(controller);
      if (why === 'stopping' || why === 'lost') return handBack(execution);
      await pause(Math.min(2000, retryDelay(tries)));
    }
  }

  async function handBack({ job, taken, token }: Execution): Promise<never> {
    await taken.moveToWait(token);
    log.info({ job: job.name, id: taken.id }, 'a job was handed back');
    throw new WaitingError();
  }

  async function close(): Promise<void> {
    const ended = Promise.all(takers.map((taker) => taker.close()));
    if (!(await within(ended, options.graceMilliseconds ?? 10_000))) {
      for (const execution of executions) abort(execution, 'stopping');
      if (!(await within(ended, abortMilliseconds))) {
        log.warn({ running: executions.size }, 'jobs did not end when told to; others will take them over');
      }
    }
    await stopHearing();
    await within(tables.close(), abortMilliseconds);
  }

  let closing: Promise<void> | null = null;
  return {
    started: () => started,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function abort({ controller }: Pick<Execution, 'controller'>, why: JobAborted['why']): void {
  controller.abort(new JobAborted(why));
}

function abortedBecause({ signal }: AbortController): JobAborted['why'] | null {
  return signal.reason instanceof JobAborted ? signal.reason.why : null;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the promise settles in time. */
async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const late = pause(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const settled = promise.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([settled, late]);
  timer.abort();
  return inTime;
}
