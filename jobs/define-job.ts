import { type JobName, type JobPayload, jobPayloads } from '../src/ports/job-queue';

export interface JobContext {
  /** Aborts when the job is cancelled, and also when it must end here because it goes on elsewhere: see `wasCancelled`. */
  signal: AbortSignal;
  /** Counts every start of this job, from 1, also those that a killed process cut short. */
  attempt: number;
  /** After a failure now there is no further try. */
  lastAttempt: boolean;
}

export interface JobDefinition<N extends JobName> {
  name: N;
  /** How many of these run at once in one process. */
  concurrency: number;
  /** Tries in all, those cut short by a killed process not counted; default 5. */
  attempts?: number;
  /** Must be safe to start twice: after a lost connection or a suspended machine two starts may even overlap for a moment. */
  run(payload: JobPayload<N>, context: JobContext): Promise<void>;
  /**
   * Called once the job is given up: a lasting fault, the last try, or a process that died of it again and again. Repeated until
   * it resolves, so that nothing ends unreported.
   */
  onLost?(payload: JobPayload<N>, error: unknown): Promise<void>;
}

/** A definition whose payload is checked at run time, so that all of them fit in one list. */
export interface Job {
  name: JobName;
  concurrency: number;
  attempts: number;
  run(payload: unknown, context: JobContext): Promise<void>;
  onLost(payload: unknown, error: unknown): Promise<void>;
}

export const defaultAttempts = 5;

export function defineJob<N extends JobName>(definition: JobDefinition<N>): Job {
  const parse = (payload: unknown): JobPayload<N> => jobPayloads[definition.name].parse(payload) as JobPayload<N>;
  return {
    name: definition.name,
    concurrency: definition.concurrency,
    attempts: definition.attempts ?? defaultAttempts,
    async run(payload, context) {
      await definition.run(parse(payload), context);
    },
    async onLost(payload, error) {
      // A payload that cannot be read names nothing that could be told about it; the worker's log has it.
      if (!definition.onLost || !jobPayloads[definition.name].safeParse(payload).success) return;
      await definition.onLost(parse(payload), error);
    },
  };
}

/** Why a job's signal aborted: `cancelled` by a person; `lost` or `stopping`: it will be started again, here or elsewhere. */
export class JobAborted extends Error {
  constructor(readonly why: 'cancelled' | 'lost' | 'stopping') {
    super(`the job was aborted: ${why}`);
    this.name = 'JobAborted';
  }
}

/** Whether a person cancelled it. Where a signal aborted for another reason, throw: the job is not over. */
export function wasCancelled(signal: AbortSignal): boolean {
  return signal.reason instanceof JobAborted && signal.reason.why === 'cancelled';
}
