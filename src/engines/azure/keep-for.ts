import type { Clock } from '../../ports/clock';

/** Asks once for everyone who waits, and keeps the answer for some time; a failure is not kept. */
export function keepFor<T>(milliseconds: number, clock: Clock, ask: () => Promise<T>): () => Promise<T> {
  let kept: { answer: Promise<T>; until: number } | undefined;
  return () => {
    const now = clock.now().getTime();
    if (kept && now < kept.until) return kept.answer;
    const mine = { answer: ask(), until: now + milliseconds };
    kept = mine;
    mine.answer.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return mine.answer;
  };
}
