import type { Card } from '../../src/chat/card';
import { ChatError } from '../../src/ports/chat-platform';
import { cardToMessage } from './render-card';

/** Answers through a response_url. Rejects with ChatError. */
export type RespondTo = (url: string, card: Card, how: 'ephemeral' | 'in_channel' | 'replace') => Promise<void>;

/** The address comes with a signed request, and is still followed only to Slack's own hosts or to where the API was set to be. */
export function createRespondTo(apiUrl: string | undefined): RespondTo {
  const origin = apiUrl === undefined ? undefined : new URL(apiUrl).origin;

  return async function respondTo(url, card, how) {
    const target = URL.canParse(url) ? new URL(url) : undefined;
    if (target === undefined || !(target.origin === origin || isSlack(target))) {
      throw new ChatError('rejected', 'Slack: a response_url that leads elsewhere');
    }
    const { text, blocks } = cardToMessage(card, { pictures: false });
    const body = how === 'replace' ? { replace_original: true } : { response_type: how, replace_original: false };
    const response = await post(target, JSON.stringify({ ...body, text, blocks }));
    await response.body?.cancel();
    if (response.ok) return;
    if (response.status === 429) {
      throw new ChatError('rate-limited', 'Slack: response_url', Number(response.headers.get('retry-after') ?? 30));
    }
    // 404 after 30 minutes, 403 after five uses.
    const code = response.status >= 500 ? 'unavailable' : response.status === 400 ? 'rejected' : 'gone';
    throw new ChatError(code, `Slack: response_url answered ${response.status}`);
  };
}

async function post(url: URL, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
  } catch (error) {
    throw new ChatError(
      'unavailable',
      `Slack: response_url: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function isSlack(url: URL): boolean {
  return url.protocol === 'https:' && (url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com'));
}
