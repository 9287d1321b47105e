import type { Context } from '../commands/context';
import type { Run } from '../domain/run';
import { ConflictError } from '../errors';
import { change } from './change';

/** Writes onto a tab which run of it is the last; a later run's word stands. */
export async function noteTabRun(
  ctx: Pick<Context, 'stores' | 'log'>,
  key: string,
  run: Pick<Run, 'id' | 'number' | 'createdAt' | 'requestedBy'>,
): Promise<void> {
  try {
    await change(ctx.stores.tabs, key, (current) => {
      const later = Number(current.run?.slice(2) ?? 0) >= run.number;
      return later ? null : { ...current, run: run.id, lastRunAt: run.createdAt, lastRunBy: run.requestedBy };
    });
  } catch (error) {
    // Ten others ran it in this moment, and theirs is noted; the run itself goes on.
    if (!(error instanceof ConflictError)) throw error;
    ctx.log.warn({ tab: key, run: run.id }, 'a run was not noted on its tab');
  }
}
