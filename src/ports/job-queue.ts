import { z } from 'zod';

/** Jobs carry ids and nothing else: rows, cards and secrets stay in the stores. */
export const jobPayloads = {
  'run-query': z.object({ run: z.string(), query: z.string() }),
  'deliver-card': z.object({ run: z.string(), what: z.enum(['progress', 'result']) }),
  'refresh-hunt': z.object({ hunt: z.string() }),
  'refresh-incident': z.object({ incident: z.string() }),
  'purge-runs': z.object({}),
  'feed-sweep': z.object({ sweep: z.string() }),
  'sweep-query': z.object({ sweep: z.string(), query: z.string() }),
  'deliver-sweep': z.object({ sweep: z.string(), what: z.enum(['progress', 'result']) }),
  'import-content': z.object({ import: z.string() }),
  'deliver-import': z.object({ import: z.string(), what: z.enum(['progress', 'result']) }),
  /** Brings a comment, its edit or its withdrawal into the other threads of its hunt. */
  'mirror-comment': z.object({ comment: z.string() }),
  /** Every minute: gives the due windows of enabled rules to the queue. */
  'due-rules': z.object({}),
  'run-rule': z.object({ window: z.string() }),
  'deliver-rule': z.object({ window: z.string() }),
  'replay-rule': z.object({ replay: z.string() }),
  'deliver-replay': z.object({ replay: z.string(), what: z.enum(['progress', 'result']) }),
  'run-playbook': z.object({ run: z.string() }),
  'expire-approvals': z.object({}),
} as const;

export type JobName = keyof typeof jobPayloads;
export type JobPayload<N extends JobName> = z.infer<(typeof jobPayloads)[N]>;

export interface JobOptions {
  /** Without `:`. A job whose id is known already (waiting, running or lately finished) is not added again. */
  id?: string;
  delayMilliseconds?: number;
  /** Tries in all, at most what the job's definition says, which is also the default; with exponential backoff from one second. */
  attempts?: number;
  /** While a job with this key waits, further ones are dropped: the one that waits will do. */
  dropWhileWaiting?: string;
}

export interface JobQueue {
  add<N extends JobName>(name: N, payload: JobPayload<N>, options?: JobOptions): Promise<void>;
  /** `pattern` is a cron line, read in the IANA zone. The same id replaces the earlier schedule. */
  schedule<N extends JobName>(
    id: string,
    when: { pattern: string; timeZone: string },
    name: N,
    payload: JobPayload<N>,
  ): Promise<void>;
  unschedule(id: string): Promise<void>;
  /** Takes a waiting job out; aborts a running one in whatever process holds it. Resolves once the message is out. */
  cancel(name: JobName, id: string): Promise<void>;
  state(name: JobName, id: string): Promise<'waiting' | 'running' | 'done' | 'failed' | 'unknown'>;
  /** `waiting` could start now: what waits for a time, such as a next try or a schedule, is not counted. */
  counts(): Promise<Record<JobName, { waiting: number; running: number; failed: number }>>;
  close(): Promise<void>;
}
