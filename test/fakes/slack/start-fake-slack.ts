import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackSettings } from '../../../adapters/slack/app';
import { createSocketSide, type Delivered, type DeliveryKind, type DeliveryOptions, deliverByHttp } from './delivery';
import { createFakeUser, type FakeUser } from './fake-user';
import { fromBot, methods, refuse, refuseText } from './web-api';
import { bot, type FakeFile, type FakeMessage, FakeWorkspace, type SlackJson } from './workspace';

export interface FakeSlack {
  /** For the adapter; `transport` says how events come. */
  settings(transport: 'http' | 'socket'): SlackSettings;
  /** Signed requests go to this address from now on. */
  connect(url: string): void;
  user(id: string): FakeUser;
  /** The channel's messages in order, those under `thread` where given; ephemeral ones are not among them. */
  messages(channel: string, thread?: string): FakeMessage[];
  ephemerals(channel: string): FakeMessage[];
  files(): FakeFile[];
  home(person: string): SlackJson | undefined;
  /** The first defined value that `look` finds, looked for after every change. Rejects after 10 seconds. */
  until<T>(look: () => T | undefined | false): Promise<T>;
  /** Every Web API call so far, and why it was refused where it was. */
  readonly calls: { method: string; args: SlackJson; refused?: string }[];
  /** The next calls of a method are refused; with `retryAfter` as HTTP 429, with `lost` carried out but never answered. */
  failNext(method: string, fault: { error?: string; retryAfter?: number; lost?: boolean; times?: number }): void;
  /** Every trigger given out so far is too old. */
  expireTriggers(): void;
  /** The same event again, as Slack does when it heard no acknowledgement. */
  redeliver(eventId: string): Promise<Delivered>;
  /** Breaks every Socket Mode connection. */
  dropConnections(): void;
  /** How many Socket Mode connections are open. */
  connections(): number;
  /** The workspace throws Talbot out. */
  uninstall(): Promise<Delivered>;
  /** The events sent so far, the newest last. */
  readonly events: { id: string; payload: SlackJson }[];
  addChannel(id: string, options?: { private?: boolean; bot?: boolean; archived?: boolean }): void;
  readonly workspace: FakeWorkspace;
  stop(): Promise<void>;
}

/** A Slack workspace on a loopback port: team T0HUNT, people U1 Ada, U2 Grace, U3 Edsger, channels C1 (Talbot is in it) and C2 (not). `rateLimits: false`: posts may come as fast as they like. */
export async function startFakeSlack(options: { rateLimits?: boolean } = {}): Promise<FakeSlack> {
  const workspace = new FakeWorkspace();
  const botToken = 'xoxb-fake';
  const appToken = 'xapp-fake';
  const signingSecret = 'a-signing-secret';
  const calls: FakeSlack['calls'] = [];
  const events: FakeSlack['events'] = [];
  const faults = new Map<string, { error?: string; retryAfter?: number; lost?: boolean; times: number }>();
  const posts = new Map<string, number[]>();
  const telling = new Set<Promise<unknown>>();
  let target: string | undefined;
  let origin = '';

  for (const [id, name, realName, timeZone] of [
    ['U1', 'ada', 'Ada Lovelace', 'Europe/London'],
    ['U2', 'grace', 'Grace Hopper', 'America/New_York'],
    ['U3', 'edsger', 'Edsger Dijkstra', 'Europe/Amsterdam'],
  ] as const) {
    workspace.people.set(id, { id, name, realName, timeZone });
  }
  addChannel('C1');
  addChannel('C2', { bot: false });

  function addChannel(id: string, options: { private?: boolean; bot?: boolean; archived?: boolean } = {}): void {
    const { private: hidden = false, archived = false, bot: member = true } = options;
    workspace.channels.set(id, { id, name: `channel-${id.toLowerCase()}`, private: hidden, archived, bot: member });
  }

  function callMethod(
    method: string,
    args: SlackJson,
    token: string,
  ): { status: number; body: SlackJson; headers?: Record<string, string> } {
    const answer = answerMethod(method, args, token);
    const why = answer.body.ok === false ? JSON.stringify(answer.body) : undefined;
    calls.push({ method, args, ...(why !== undefined && { refused: why }) });
    return answer;
  }

  function answerMethod(
    method: string,
    args: SlackJson,
    token: string,
  ): { status: number; body: SlackJson; headers?: Record<string, string> } {
    const fault = faults.get(method);
    if (fault !== undefined && fault.times > 0) {
      fault.times -= 1;
      if (fault.retryAfter !== undefined) return limited(fault.retryAfter);
      if (fault.lost) run(method, args);
      if (fault.lost) return { status: 500, body: {} };
      return { status: 200, body: refuse(fault.error ?? 'internal_error') };
    }
    const expected = method === 'apps.connections.open' ? appToken : botToken;
    // The exchange of an installation's code identifies itself by the client's secret.
    if (method === 'oauth.v2.access') return { status: 200, body: run(method, args) };
    if (token === '') return { status: 200, body: refuse('not_authed') };
    if (token !== expected) return { status: 200, body: refuse('invalid_auth') };
    if (options.rateLimits !== false && method === 'chat.postMessage' && tooFast(String(args.channel)))
      return limited(1);
    return { status: 200, body: run(method, args) };
  }

  function run(method: string, args: SlackJson): SlackJson {
    const implementation = methods[method];
    if (implementation === undefined) return refuse('unknown_method');
    return implementation(args, { workspace, botToken, appToken, origin: () => origin, tell });
  }

  /** About one message a second in a channel, and short bursts. */
  function tooFast(channel: string): boolean {
    const now = Date.now();
    const recent = (posts.get(channel) ?? []).filter((at) => now - at < 3000);
    const refused = recent.length >= 8;
    posts.set(channel, refused ? recent : [...recent, now]);
    return refused;
  }

  function tell(event: SlackJson): void {
    const told = deliverEvent(event).catch(() => undefined);
    telling.add(told);
    told.finally(() => telling.delete(told));
  }

  function deliverEvent(event: SlackJson): Promise<Delivered> {
    const id = workspace.next('Ev');
    const payload = {
      token: 'unused',
      team_id: workspace.team,
      api_app_id: 'A1',
      event,
      type: 'event_callback',
      event_id: id,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: workspace.team, user_id: bot.user, is_bot: true }],
    };
    events.push({ id, payload });
    return deliver('events_api', payload);
  }

  async function deliver(kind: DeliveryKind, payload: SlackJson, options?: DeliveryOptions): Promise<Delivered> {
    if (socketSide.connected() > 0) return socketSide.deliver(kind, payload, options);
    if (target === undefined) throw new Error('no address to send to: call connect(url)');
    return deliverByHttp(target, signingSecret, kind, payload, options);
  }

  /** What a response_url does: five times, and then no more. */
  function respond(id: string, body: SlackJson): number {
    const response = workspace.responses.get(id);
    if (response === undefined) return 404;
    if (response.uses >= 5) return 403;
    if (refuseText(body, workspace) !== undefined) return 400;
    response.uses += 1;
    if (body.replace_original === true && response.message !== undefined) {
      const { text, blocks } = fromBot(workspace, response.channel, body);
      Object.assign(response.message, { text, blocks, edits: response.message.edits + 1 });
    } else {
      const message = fromBot(workspace, response.channel, body);
      if (body.response_type !== 'in_channel') message.ephemeralFor = response.person;
      workspace.messages.push(message);
    }
    workspace.changed();
    return 200;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const path = new URL(request.url ?? '/', 'http://fake').pathname;
    const [, area = '', name = ''] = /^\/(api|upload|response)\/(.+)$/.exec(path) ?? [];
    if (area === 'upload') {
      const file = workspace.files.get(name);
      if (file !== undefined) file.bytes = uploaded(body, request.headers['content-type'] ?? '');
      response.writeHead(file === undefined ? 404 : 200).end('OK');
      return;
    }
    if (area === 'response') {
      const answered = JSON.parse(body.toString());
      const status = respond(name, answered);
      calls.push({ method: 'response_url', args: answered, ...(status !== 200 && { refused: `${status}` }) });
      response.writeHead(status).end('ok');
      return;
    }
    const args = argsOf(body.toString(), request.headers['content-type'] ?? '');
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '') || String(args.token ?? '');
    const answer = callMethod(name, args, token);
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
      .end(JSON.stringify(answer.body));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const socketSide = createSocketSide(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    workspace,
    calls,
    events,
    addChannel,
    settings: (transport) => ({
      botToken,
      apiUrl: `${origin}/api/`,
      ...(transport === 'http' ? { signingSecret } : { appToken }),
    }),
    connect: (url) => {
      target = url;
    },
    user: (id) => createFakeUser(id, { workspace, deliver, deliverEvent, origin }),
    messages: (channel, thread) =>
      workspace.messages.filter(
        (one) =>
          one.channel === channel &&
          one.ephemeralFor === undefined &&
          (thread === undefined || one.thread_ts === thread || one.ts === thread),
      ),
    ephemerals: (channel) =>
      workspace.messages.filter((one) => one.channel === channel && one.ephemeralFor !== undefined),
    files: () => [...workspace.files.values()],
    home: (person) => workspace.homes.get(person),
    until: (look) => until(workspace, look),
    failNext: (method, { times = 1, ...fault }) => faults.set(method, { ...fault, times }),
    expireTriggers: () => {
      for (const trigger of workspace.triggers.values()) trigger.until = 0;
    },
    redeliver: (eventId) => {
      const event = events.find((one) => one.id === eventId);
      if (event === undefined) throw new Error(`no event ${eventId}`);
      return deliver('events_api', event.payload, { retry: 1 });
    },
    dropConnections: socketSide.drop,
    connections: socketSide.connected,
    uninstall: () => deliverEvent({ type: 'app_uninstalled' }),
    async stop() {
      socketSide.close();
      await Promise.allSettled(telling);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function limited(retryAfter: number) {
  return { status: 429, body: refuse('ratelimited'), headers: { 'retry-after': String(retryAfter) } };
}

function until<T>(workspace: FakeWorkspace, look: () => T | undefined | false): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => done(() => reject(new Error(`not seen within 10 seconds: ${look}`))), 10_000);
    function done(settle: () => void): void {
      clearTimeout(late);
      workspace.off('change', check);
      settle();
    }
    function check(): void {
      const seen = look();
      if (seen !== undefined && seen !== false) done(() => resolve(seen));
    }
    workspace.on('change', check);
    check();
  });
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The SDK sends a file as the only part of a form; a plain body is taken too. */
function uploaded(body: Buffer, type: string): Buffer {
  const boundary = /boundary=(\S+)/.exec(type)?.[1];
  if (boundary === undefined) return body;
  return body.subarray(body.indexOf('\r\n\r\n') + 4, body.lastIndexOf(`\r\n--${boundary}`));
}

/** Slack takes forms, in which what is not text is JSON, and JSON. */
function argsOf(body: string, type: string): SlackJson {
  if (type.startsWith('application/json')) return JSON.parse(body || '{}');
  const args: SlackJson = {};
  for (const [name, value] of new URLSearchParams(body)) {
    args[name] = /^[[{]/.test(value) && JSON_ARGUMENTS.has(name) ? JSON.parse(value) : value;
  }
  return args;
}

const JSON_ARGUMENTS = new Set(['blocks', 'view', 'metadata', 'files', 'attachments']);
