import { webApi } from '@slack/bolt';
import { ChatError } from '../../src/ports/chat-platform';

const GONE = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'user_not_in_channel',
  'user_not_found',
  'cannot_dm_bot',
]);

const UNAVAILABLE = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'org_login_required',
]);

/** Nothing is wrong with the message: it goes out once an administrator has mended the token. */
const TOKEN = new Set(['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired']);

/** By the SDK's classes and Slack's codes, never by a message's words; the code stays in the message for the log. */
export function chatErrorFrom(error: unknown): ChatError {
  if (error instanceof ChatError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new ChatError('rate-limited', 'Slack: ratelimited', error.retryAfter);
  }
  if (error instanceof webApi.WebAPIPlatformError) return fromCode(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) {
    const code = error.statusCode >= 500 || error.statusCode === 408 ? 'unavailable' : 'rejected';
    return new ChatError(code, `Slack: HTTP ${error.statusCode}`);
  }
  if (error instanceof webApi.WebAPIRequestError) {
    return new ChatError('unavailable', `Slack: ${error.original.message}`);
  }
  return new ChatError('unavailable', error instanceof Error ? error.message : String(error));
}

/** Slack's own code, where the error carries one: `invalid_blocks`, `expired_trigger_id`. */
export function slackCode(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** Whether Slack does not take the token. */
export function isTokenFault(error: unknown): boolean {
  return TOKEN.has(slackCode(error) ?? '');
}

/**
 * One call, with patience for a Retry-After of at most 5 seconds, twice: a rate-limited call was not carried out, so it is safe to
 * repeat. Nothing else is retried. Rejects with the SDK's error.
 */
export async function patiently<T>(call: () => Promise<T>, attempts = 3): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof webApi.WebAPIRateLimitedError) || error.retryAfter > 5 || attempts <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000));
    return patiently(call, attempts - 1);
  }
}

function fromCode(code: string): ChatError {
  if (GONE.has(code)) return new ChatError('gone', `Slack: ${code}`);
  if (code === 'ratelimited' || code === 'rate_limited') return new ChatError('rate-limited', `Slack: ${code}`);
  if (UNAVAILABLE.has(code) || TOKEN.has(code)) return new ChatError('unavailable', `Slack: ${code}`);
  return new ChatError('rejected', `Slack: ${code}`);
}
