import type { Clock } from '../src/ports/clock';

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };
