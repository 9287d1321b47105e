import { z } from 'zod';
import { UserError } from '../src/errors';
import { ChatError } from '../src/ports/chat-platform';
import { PlaybookUnreachable } from '../src/ports/playbooks';
import { QueryError } from '../src/ports/query-engine';

/** Whether the same job would fail the same way again, so that a retry only wastes time. */
export function isLasting(error: unknown): boolean {
  if (error instanceof UserError) return error.code !== 'unavailable' && error.code !== 'conflict';
  if (error instanceof QueryError) return error.code !== 'internal';
  if (error instanceof ChatError) return error.code === 'gone' || error.code === 'rejected';
  return error instanceof z.ZodError;
}

const longestMilliseconds = 60_000;

/** Until the next try: what the other side asked for, or a second, two, four … up to a minute. */
export function retryDelay(attemptsMade: number, error?: unknown): number {
  const says = error instanceof ChatError || error instanceof PlaybookUnreachable ? error.retryAfterSeconds : undefined;
  if (says !== undefined) return says * 1000;
  return Math.min(longestMilliseconds, 1000 * 2 ** (attemptsMade - 1));
}
