import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../ports/clock';
import { QueryError } from '../../ports/query-engine';
import type { RequestLimits } from './request-limits';
import type { Answer } from './service-fault';

const firstWait = 1000;
const longestGuess = 30_000;

/**
 * Asks again while the service answers 429 or 503, after as long as its Retry-After says (else after 1, 2, 4 … 30 seconds). Rejects with
 * `limit` where the next try would come after the time limit. Nothing else is tried twice here.
 */
export async function retryThrottled(
  service: string,
  limits: RequestLimits,
  clock: Clock,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; retries: number }> {
  for (let retries = 0; ; retries++) {
    const answer = await ask();
    if (answer.status !== 429 && answer.status !== 503) return { answer, retries };
    const wait = retryAfter(answer.headers['retry-after'], clock) ?? Math.min(longestGuess, firstWait * 2 ** retries);
    if (answer.status === 503 && retries >= 2) return { answer, retries };
    if (wait >= limits.left())
      throw new QueryError(
        'limit',
        `${service} has no room for the query just now (${answer.status}) and asks to wait ${Math.ceil(wait / 1000)} seconds, longer than the query may take`,
      );
    await sleep(wait, undefined, { signal: limits.signal }).catch(() => limits.signal.throwIfAborted());
  }
}

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfter(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now().getTime());
}
