import { QueryError } from '../../ports/query-engine';

/** Both services end a query after ten minutes at the latest, unless their administrators were asked for more. */
export const longestQueryMilliseconds = 600_000;

export interface RequestLimits {
  signal: AbortSignal;
  /** What is left of the time limit, in milliseconds. */
  left(): number;
  /** Lets go of the timer and of the caller's signal. */
  end(): void;
}

/** One signal out of the caller's and the time limit; its reason is the QueryError to reject with. */
export function limitRequest(service: string, milliseconds: number, caller?: AbortSignal): RequestLimits {
  const controller = new AbortController();
  const allowed = Math.min(milliseconds, longestQueryMilliseconds);
  const cancel = () => controller.abort(new QueryError('cancelled', 'The query was cancelled'));
  const timer = setTimeout(
    () =>
      controller.abort(
        new QueryError('timeout', `${service} did not answer within ${Math.ceil(allowed / 1000)} seconds`),
      ),
    allowed,
  );
  const began = performance.now();
  if (caller?.aborted) cancel();
  caller?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    left: () => Math.max(0, allowed - (performance.now() - began)),
    end() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', cancel);
    },
  };
}

/** The promise, or the signal's reason, whichever comes first: a library that does not listen to signals cannot hold the caller. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (leave) signal.removeEventListener('abort', leave);
  }
}
