import { z } from 'zod';
import { ChatError } from '../../src/ports/chat-platform';

/** What the SDK's HTTP errors have in common; nothing else of them is read. */
const HttpFault = z.object({
  statusCode: z.number(),
  /** The service's own words, for the log. */
  message: z.string().optional().catch(undefined),
  response: z.object({ headers: z.unknown() }).optional().catch(undefined),
});

/** Statuses for which Teams asks to try again (bots/how-to/rate-limit); with any other it is not known that nothing was sent. */
const RETRIED = new Set([412, 429, 502, 504]);

export function toChatError(fault: unknown): ChatError {
  if (fault instanceof ChatError) return fault;
  const status = statusOf(fault);
  switch (status) {
    case undefined:
      return new ChatError('unavailable', 'Teams did not answer');
    case 403:
    case 404:
      return new ChatError('gone', `Teams does not know this conversation or message, or keeps Talbot out (${status})`);
    case 400:
    case 413:
      return new ChatError('rejected', `Teams refused the message (${status}): ${wordsOf(fault)}`);
    case 429:
      return new ChatError('rate-limited', 'Teams asks for fewer messages (429)', retryAfterSeconds(fault));
    default:
      return new ChatError('unavailable', `Teams is out of order (${status})`, retryAfterSeconds(fault));
  }
}

export function isRetried(fault: unknown): boolean {
  const status = statusOf(fault);
  return status !== undefined && RETRIED.has(status);
}

function statusOf(fault: unknown): number | undefined {
  const read = HttpFault.safeParse(fault);
  return read.success ? read.data.statusCode : undefined;
}

function wordsOf(fault: unknown): string {
  const read = HttpFault.safeParse(fault);
  return ((read.success ? read.data.message : undefined) ?? 'without a word').slice(0, 300);
}

/** Retry-After in seconds; a date is left aside, since Teams sends numbers. */
export function retryAfterSeconds(fault: unknown): number | undefined {
  const read = HttpFault.safeParse(fault);
  const headers = read.success ? read.data.response?.headers : undefined;
  if (typeof headers !== 'object' || headers === null || !('get' in headers) || typeof headers.get !== 'function') {
    return undefined;
  }
  const value: unknown = headers.get('retry-after');
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
