import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { checkActivity } from './check-activity';
import { BOT, type Conversations } from './conversations';

export interface ConnectorOptions {
  conversations: Conversations;
  /** Directory object id by Teams's id. */
  members: Map<string, { name: string; aadObjectId: string }>;
  /** What people attached, by path and query: the address is pre-authorised. */
  files: Map<string, Uint8Array>;
  /** Whether the service knows reactions of bots. */
  reactions: boolean;
  rateLimits: boolean;
  /** Published keys, where tokens are checked. */
  jwks: (() => object) | undefined;
}

export interface SeenRequest {
  method: string;
  path: string;
  status: number;
  why: string;
}

export interface ConnectorServer {
  server: Server;
  seen: SeenRequest[];
  /** The next answers, instead of the right ones. */
  faults: { status: number; retryAfter?: number }[];
}

/** Sends to one thread: at most so many in so many milliseconds (msteams-docs, rate-limit). */
const RATES = [
  { count: 7, milliseconds: 1_000 },
  { count: 60, milliseconds: 30_000 },
];

/** The Bot Connector's HTTP face, refusing what Teams refuses. */
export function createConnectorServer(options: ConnectorOptions): ConnectorServer {
  const { conversations } = options;
  const seen: SeenRequest[] = [];
  const faults: ConnectorServer['faults'] = [];
  const sends = new Map<string, number[]>();

  function answer(
    request: IncomingMessage,
    body: string,
  ): { status: number; json?: object; retryAfter?: number; why?: string } {
    const method = request.method ?? '';
    const path = (request.url ?? '').split('?')[0]?.split('/').filter(Boolean).map(decodeURIComponent) ?? [];
    if (path[0] === 'openid') {
      return {
        status: 200,
        json: { issuer: 'https://api.botframework.com', jwks_uri: `http://${request.headers.host}/jwks` },
      };
    }
    if (path[0] === 'jwks') return { status: 200, json: options.jwks?.() ?? { keys: [] } };
    const fault = faults.shift();
    if (fault !== undefined) return { ...fault, why: 'as the test asked' };
    if (path[0] !== 'v3' || path[1] !== 'conversations' || path[2] === undefined)
      return { status: 404, why: 'unknown path' };
    const found = conversations.find(path[2]);
    if (found === undefined) return { status: 404, why: `unknown conversation ${path[2]}` };
    if (path[3] === 'members' && method === 'GET') {
      const asked = path[4] ?? '';
      const member =
        options.members.get(asked) ?? [...options.members.values()].find((each) => each.aadObjectId === asked);
      return member === undefined
        ? { status: 404, why: 'unknown member' }
        : { status: 200, json: { id: path[4], ...member } };
    }
    if (path[3] !== 'activities') return { status: 404, why: 'unknown path' };
    const message = conversations.messages.find(({ id, place }) => id === path[4] && place === found.place.name);
    if (path[5] === 'reactions') {
      if (!options.reactions || method !== 'PUT') return { status: 404, why: 'no reactions here' };
      if (message === undefined) return { status: 404, why: 'unknown message' };
      message.reactions.push(path[6] ?? '');
      conversations.changed();
      return { status: 200, json: {} };
    }
    if (method === 'POST' || method === 'PUT') {
      const limited = options.rateLimits && tooFast(sends, path[2]);
      if (limited) return { status: 429, retryAfter: 1, why: 'too fast' };
      const checked = checkActivity(body);
      if (!checked.ok) return { status: checked.status, why: checked.why };
      if (method === 'POST') {
        const { text, card } = checked;
        const added = conversations.add(found.place, { from: BOT, text, card, root: found.root });
        return { status: 201, json: { id: added.id } };
      }
      if (message === undefined || message.from !== BOT) return { status: 404, why: 'not a message of the bot' };
      Object.assign(message, { text: checked.text, card: checked.card, edits: message.edits + 1 });
      message.views.clear();
      conversations.changed();
      return { status: 200, json: { id: message.id } };
    }
    if (method === 'DELETE' && message?.from === BOT) {
      message.deleted = true;
      conversations.changed();
      return { status: 200, json: {} };
    }
    return { status: 404, why: 'unknown' };
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith('/files/')) {
      const bytes = options.files.get(request.url);
      // SharePoint refuses a token of the bot's beside its own in the address.
      const status = bytes === undefined ? 404 : request.headers.authorization === undefined ? 200 : 401;
      response.writeHead(status).end(status === 200 ? bytes : '');
      return;
    }
    void readBody(request).then((body) => {
      const { status, json, retryAfter, why } = answer(request, body);
      seen.push({ method: request.method ?? '', path: request.url ?? '', status, why: why ?? '' });
      write(response, status, json ?? { error: { code: String(status), message: why ?? '' } }, retryAfter);
    });
  });
  return { server, seen, faults };
}

function tooFast(sends: Map<string, number[]>, conversation: string): boolean {
  const now = performance.now();
  const times = (sends.get(conversation) ?? []).filter((time) => now - time < 30_000);
  const over = RATES.some(
    ({ count, milliseconds }) => times.filter((time) => now - time < milliseconds).length >= count,
  );
  if (!over) times.push(now);
  sends.set(conversation, times);
  return over;
}

function write(response: ServerResponse, status: number, json: object, retryAfter: number | undefined): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  response.end(JSON.stringify(json));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
