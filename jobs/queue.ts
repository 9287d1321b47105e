import type { Job as BullJob, JobsOptions } from 'bullmq';
import type { Log } from '../src/log';
import { type JobName, type JobOptions, type JobQueue, jobPayloads } from '../src/ports/job-queue';
import type { Backend, JobTable } from './backend';
import { encodeJobId } from './job-id';

/** More tries than any definition has: the definition decides, which only the worker knows. */
const attemptsCeiling = 1000;

/** Ids are remembered for a day, or for the last 5,000 jobs of a name, so that the same id is not added again. */
const keep = {
  removeOnComplete: { age: 86_400, count: 5000 },
  removeOnFail: { age: 7 * 86_400, count: 5000 },
  backoff: { type: 'patient' },
} as const satisfies JobsOptions;

/** The mark of a job that was cancelled while it ran: it outlives a worker that dies before it heard. */
export const cancelledMark = { cancelled: true } as const;

export interface CancelMessage {
  name: string;
  id: string;
}

const names = Object.keys(jobPayloads) as JobName[];

/** The backend's tables by job name, each opened when first asked for. */
export function openTables(backend: Backend, log: Log) {
  const tables = new Map<JobName, JobTable>();
  return {
    async tableOf(name: JobName): Promise<JobTable> {
      await backend.ready();
      const known = tables.get(name);
      if (known) return known;
      const table = backend.table(name);
      tables.set(name, table);
      table.on('error', (error: Error) => {
        if (!backend.away()) log.warn({ error, job: name }, 'the queue has trouble');
      });
      try {
        await table.waitUntilReady();
      } catch (error) {
        // A table of BullMQ that failed to open once never opens.
        tables.delete(name);
        throw error;
      }
      return table;
    },
    async close(): Promise<void> {
      await Promise.all([...tables.values()].map((table) => table.close()));
    },
  };
}

export function createQueue(backend: Backend, options: { log: Log }): JobQueue {
  const { tableOf, close } = openTables(backend, options.log);

  async function unschedule(id: string, except?: JobName): Promise<void> {
    for (const name of names) {
      if (name !== except) await (await tableOf(name)).removeJobScheduler(encodeJobId(id));
    }
  }

  return {
    async add(name, payload, jobOptions = {}) {
      const data = jobPayloads[name].parse(payload);
      await (await tableOf(name)).add(name, data, bullOptions(jobOptions));
    },

    async schedule(id, when, name, payload) {
      const data = jobPayloads[name].parse(payload);
      const table = await tableOf(name);
      const schedulerId = encodeJobId(id);
      await unschedule(id, name);
      const known = await table.getJobScheduler(schedulerId);
      const same =
        known?.pattern === when.pattern &&
        known.tz === when.timeZone &&
        JSON.stringify(known.template?.data ?? {}) === JSON.stringify(data);
      // Setting the same again would drop a run that is due and was missed while nothing ran.
      if (same) return;
      await table.upsertJobScheduler(
        schedulerId,
        { pattern: when.pattern, tz: when.timeZone },
        { name, data, opts: { ...keep, attempts: attemptsCeiling } },
      );
    },

    unschedule: (id) => unschedule(id),

    async cancel(name, id) {
      const jobId = encodeJobId(id);
      const table = await tableOf(name);
      const job = await table.getJob(jobId);
      if (!job || (await removedWhileWaiting(job))) return;
      if ((await job.getState()) !== 'active') return;
      await job.updateProgress(cancelledMark);
      await backend.say(JSON.stringify({ name, id: jobId } satisfies CancelMessage));
      // It may have failed in this moment, and now waits for its next try.
      await removedWhileWaiting(job);
    },

    async state(name, id) {
      const job = await (await tableOf(name)).getJob(encodeJobId(id));
      const state = job ? await job.getState() : 'unknown';
      if (state === 'completed') return 'done';
      if (state === 'active') return 'running';
      return state === 'failed' || state === 'unknown' ? state : 'waiting';
    },

    async counts() {
      const entries = await Promise.all(
        names.map(async (name) => {
          const table = await tableOf(name);
          const counted = await table.getJobCounts('waiting', 'prioritized', 'active', 'failed');
          const at = (state: string) => counted[state] ?? 0;
          const waiting = at('waiting') + at('prioritized');
          return [name, { waiting, running: at('active'), failed: at('failed') }] as const;
        }),
      );
      return Object.fromEntries(entries) as Awaited<ReturnType<JobQueue['counts']>>;
    },

    close,
  };
}

function bullOptions(options: JobOptions): JobsOptions {
  return {
    ...keep,
    attempts: options.attempts ?? attemptsCeiling,
    ...(options.id === undefined ? {} : { jobId: encodeJobId(options.id) }),
    ...(options.delayMilliseconds === undefined ? {} : { delay: options.delayMilliseconds }),
    // While the job with this key runs, the newest of the others is kept and starts after it: nothing is swallowed.
    ...(options.dropWhileWaiting === undefined
      ? {}
      : { deduplication: { id: options.dropWhileWaiting, keepLastIfActive: true } }),
  };
}

async function removedWhileWaiting(job: BullJob): Promise<boolean> {
  const waits = async () => ['waiting', 'delayed', 'prioritized'].includes(await job.getState());
  if (!(await waits())) return false;
  try {
    await job.remove();
    return true;
  } catch (error) {
    // A worker took it in this moment.
    if (await waits()) throw error;
    return false;
  }
}
