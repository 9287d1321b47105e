import { createHmac } from 'node:crypto';
import type { Playbook } from '../../src/domain/playbook';
import { type PlaybookAnswer, type Playbooks, PlaybookUnreachable } from '../../src/ports/playbooks';
import type { DeclaredPlaybook } from './read-playbooks';

/** Of an answer so much is read: a message, no download. */
const mostAnswer = 64 * 1024;

/** Calls declared playbooks over HTTP: a signed POST, no redirects, nothing of the answer but its status and a message. */
export function createPlaybooks(declared: readonly DeclaredPlaybook[]): Playbooks {
  const byKey = new Map(declared.map((one, at) => [`P-${at + 1}`, one]));
  return {
    list: () => [...byKey].map(([key, one]) => shownOf(key, one)),
    async call(name, body, idempotencyKey, signal) {
      const one = declared.find((playbook) => playbook.name === name);
      if (!one) return { state: 'refused', status: 0, message: `There is no playbook “${name}” any more.` };
      return send(one, body, idempotencyKey, signal);
    },
  };
}

function shownOf(key: string, one: DeclaredPlaybook): Playbook {
  return {
    key,
    name: one.name,
    description: one.description,
    for: one.for,
    approval: one.approval === 'required',
    inputs: one.inputs.map((input) => ({
      name: input.name,
      label: input.label ?? input.name,
      required: input.required,
    })),
    host: new URL(one.url).host,
  };
}

async function send(
  one: DeclaredPlaybook,
  body: string,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<PlaybookAnswer> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
  if (one.secret)
    headers['x-talbot-signature'] = `sha256=${createHmac('sha256', one.secret).update(body).digest('hex')}`;
  let response: Response;
  try {
    response = await fetch(one.url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(one.timeoutSeconds * 1000)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const slow = error instanceof Error && error.name === 'TimeoutError';
    throw new PlaybookUnreachable(slow ? `No answer within ${one.timeoutSeconds} seconds` : 'It could not be reached');
  }
  const message = await messageOf(response);
  if (response.status === 429 || response.status >= 500)
    throw new PlaybookUnreachable(
      `It answered ${response.status}${message ? `: ${message}` : ''}`,
      retryAfter(response),
    );
  if (response.status >= 300 && response.status < 400)
    return {
      state: 'refused',
      status: response.status,
      message: 'It sends on to another address, which is not followed.',
    };
  return { state: response.ok ? 'done' : 'refused', status: response.status, message };
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) : undefined;
}

/** `message` of a JSON answer, or the beginning of a text. */
async function messageOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      pieces.push(piece);
      size += piece.length;
      if (size > mostAnswer) break;
    }
  } catch {
    return '';
  }
  const text = Buffer.concat(pieces).subarray(0, mostAnswer).toString('utf8').trim();
  if (!/json/.test(response.headers.get('content-type') ?? '')) return /<html/i.test(text) ? '' : text.slice(0, 300);
  try {
    const read: unknown = JSON.parse(text);
    const said = typeof read === 'object' && read !== null && 'message' in read ? read.message : '';
    return typeof said === 'string' ? said.slice(0, 2000) : '';
  } catch {
    return '';
  }
}
