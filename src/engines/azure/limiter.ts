/** Waits for a free place; the function it resolves to gives the place back. Rejects with the signal's reason when that aborts first. */
export type Limiter = (signal: AbortSignal) => Promise<() => void>;

/** At most `places` at the same time, first come, first served. */
export function createLimiter(places: number): Limiter {
  let free = places;
  const waiting: (() => void)[] = [];

  function giveBack(): void {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }

  function once(): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      giveBack();
    };
  }

  return async (signal) => {
    signal.throwIfAborted();
    if (free > 0) {
      free--;
      return once();
    }
    await new Promise<void>((resolve, reject) => {
      function take(): void {
        signal.removeEventListener('abort', leave);
        resolve();
      }
      function leave(): void {
        waiting.splice(waiting.indexOf(take), 1);
        reject(signal.reason);
      }
      waiting.push(take);
      signal.addEventListener('abort', leave, { once: true });
    });
    return once();
  };
}
