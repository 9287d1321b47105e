import { isRetried, retryAfterSeconds, toChatError } from './errors';
import { LONGEST_WAIT_SECONDS, SEND_RATES, SEND_TRIES } from './limits';

export interface Outbox {
  /** Runs `send` after everything sent to this conversation before, no faster than Teams allows. Rejects with ChatError. */
  run<T>(conversation: string, send: () => Promise<T>): Promise<T>;
  /** Lets go of the timers; what waits still goes out, unpaced. */
  close(): void;
}

interface OutboxDeps {
  /** Tells the time only by waiting, so that a clock that stands still cannot stop it. */
  sleep?: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  random?: () => number;
}

interface Lane {
  last: Promise<unknown>;
  waiting: number;
  /** Sends within each of SEND_RATES's windows. */
  recent: number[];
  wake: (() => void) | undefined;
}

export function createOutbox(deps: OutboxDeps = {}): Outbox {
  const sleep = deps.sleep ?? realSleep;
  const random = deps.random ?? Math.random;
  const lanes = new Map<string, Lane>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  function laneOf(conversation: string): Lane {
    const known = lanes.get(conversation);
    if (known !== undefined) return known;
    const lane: Lane = { last: Promise.resolve(), waiting: 0, recent: SEND_RATES.map(() => 0), wake: undefined };
    lanes.set(conversation, lane);
    return lane;
  }

  async function takeSlot(lane: Lane): Promise<void> {
    while (!closed && SEND_RATES.some((rate, index) => (lane.recent[index] ?? 0) >= rate.count)) {
      await new Promise<void>((resolve) => {
        lane.wake = resolve;
      });
    }
    for (const index of SEND_RATES.keys()) lane.recent[index] = (lane.recent[index] ?? 0) + 1;
  }

  /** Counted from the answer, so that Teams, which counts from the arrival, never sees more. */
  function freeSlotLater(conversation: string, lane: Lane): void {
    if (closed) return;
    for (const [index, rate] of SEND_RATES.entries()) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        lane.recent[index] = (lane.recent[index] ?? 1) - 1;
        lane.wake?.();
        if (lane.waiting === 0 && lane.recent.every((count) => count === 0)) lanes.delete(conversation);
      }, rate.milliseconds);
      // A spent slot must not keep a process alive that has nothing else to do.
      timer.unref();
      timers.add(timer);
    }
  }

  async function attempt<T>(conversation: string, lane: Lane, send: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      await takeSlot(lane);
      try {
        return await send();
      } catch (fault) {
        const asked = retryAfterSeconds(fault);
        if (!isRetried(fault) || tries === SEND_TRIES || (asked ?? 0) > LONGEST_WAIT_SECONDS) throw toChatError(fault);
        // Jitter, so that several lanes refused at once do not come back at once.
        await sleep((asked ?? 0.5 * 2 ** (tries - 1)) * 1000 + random() * 250);
      } finally {
        freeSlotLater(conversation, lane);
      }
    }
  }

  return {
    run(conversation, send) {
      const lane = laneOf(conversation);
      lane.waiting += 1;
      const mine = lane.last.then(() => attempt(conversation, lane, send));
      lane.last = mine
        .catch(() => undefined)
        .then(() => {
          lane.waiting -= 1;
        });
      return mine;
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const lane of lanes.values()) lane.wake?.();
    },
  };
}

function realSleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
