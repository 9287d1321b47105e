import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { TeamsSettings } from '../../../adapters/teams/authenticate';
import { type ConnectorServer, createConnectorServer, type SeenRequest } from './connector-server';
import { BOT, Conversations, type FakeMessage } from './conversations';
import { createTeamsUser, type TeamsUser } from './teams-user';
import { createTokenIssuer, type TokenIssuer } from './token-issuer';

export interface FakeTeamsOptions {
  /** Switches tokens on: activities come signed, keys are published under `openIdMetadataUrl`. */
  appId?: string;
  /** The address that activities name as theirs; the fake's own where absent. */
  serviceUrl?: string;
  /** Whether bots may react to messages here (they may, by default). */
  reactions?: boolean;
  /** `false`: posts may come as fast as they like. */
  rateLimits?: boolean;
}

export interface FakeTeams {
  /** For the adapter. */
  settings(): TeamsSettings;
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tenant: string;
  readonly botId: string;
  readonly issuer: TokenIssuer;
  /** Where the bot listens: its whole `http://…/api/messages`. */
  connect(endpoint: string): void;
  user(id: string, facts?: { name?: string; timeZone?: string }): TeamsUser;
  /** Installs the bot there and tells it so. Speaking in a place does it silently. */
  install(place: string): Promise<void>;
  /** What everybody sees in a place, oldest first; of one thread where its root is given. */
  messages(place: string, root?: string): FakeMessage[];
  /** The bot's next message after `message` in the same thread. */
  answerTo(message: FakeMessage, skip?: number): Promise<FakeMessage>;
  /** Waits until `look` finds something. */
  until<T>(look: () => T | undefined, what?: string): Promise<T>;
  /** Every request of the bot, with how it was answered. */
  readonly requests: SeenRequest[];
  /** Makes the service answer its next requests with these. */
  fail(...faults: ConnectorServer['faults']): void;
  /** Sends any raw activity; the answer's status and body. */
  deliver(activity: object, authorization?: string): Promise<Delivery>;
  stop(): Promise<void>;
}

export interface Delivery {
  status: number;
  body: unknown;
}

const AddressInfo = z.object({ port: z.number() });

/** A Teams on loopback: the Bot Connector that bots send to, and people who type, press and submit. */
export async function startFakeTeams(options: FakeTeamsOptions = {}): Promise<FakeTeams> {
  const conversations = new Conversations();
  const members = new Map<string, { name: string; aadObjectId: string }>();
  const users = new Map<string, TeamsUser>();
  const files = new Map<string, Uint8Array>();
  let issuer: TokenIssuer | undefined;
  const { server, seen, faults } = createConnectorServer({
    conversations,
    members,
    files,
    reactions: options.reactions ?? true,
    rateLimits: options.rateLimits ?? true,
    jwks: () => issuer?.jwks() ?? { keys: [] },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = AddressInfo.parse(server.address());
  const base = `http://127.0.0.1:${port}`;
  const serviceUrl = options.serviceUrl ?? `${base}/`;
  const botId = `28:${options.appId ?? 'talbot'}`;
  const tenant = 'a1b2c3d4-0000-4000-8000-000000000001';
  issuer = createTokenIssuer(options.appId ?? 'talbot', serviceUrl);
  let endpoint: string | undefined;
  let events = 0;

  async function deliver(activity: object, authorization?: string): Promise<Delivery> {
    if (endpoint === undefined) throw new Error('connect() first: Teams does not know where the bot listens');
    const signature = authorization ?? (options.appId === undefined ? undefined : issuer?.authorization({}));
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { authorization: signature }),
      },
      body: JSON.stringify({
        id: `f:${++events}`,
        timestamp: new Date().toISOString(),
        channelId: 'msteams',
        serviceUrl,
        recipient: { id: botId, name: 'Talbot' },
        ...activity,
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : parsed(text) };
  }

  function keepFile({ bytes }: { bytes: Uint8Array }): string {
    const address = `/files/${files.size + 1}?tempauth=${randomUUID()}`;
    files.set(address, bytes);
    return `${base}${address}`;
  }

  const teams: FakeTeams = {
    settings: () =>
      options.appId === undefined
        ? { dialogs: true }
        : { appId: options.appId, appPassword: 'not a secret', openIdMetadataUrl: `${base}/openid` },
    serviceUrl,
    openIdMetadataUrl: `${base}/openid`,
    tenant,
    botId,
    issuer,
    requests: seen,
    connect(address) {
      endpoint = address;
    },
    user(id, facts = {}) {
      const known = users.get(id);
      if (known !== undefined) return known;
      const name = facts.name ?? id.charAt(0).toUpperCase() + id.slice(1);
      const aadObjectId = `00000000-0000-4000-8000-${Buffer.from(id).toString('hex').padStart(12, '0').slice(0, 12)}`;
      members.set(`29:${id}`, { name, aadObjectId });
      const timeZone = facts.timeZone ?? 'Europe/Zurich';
      const user = createTeamsUser(
        { id, name, aadObjectId, timeZone },
        { conversations, members, deliver, tenant, botId, keepFile },
      );
      users.set(id, user);
      return user;
    },
    async install(name) {
      const place = conversations.place(name);
      const bot = { id: botId, name: 'Talbot' };
      const conversation = {
        id: place.id,
        conversationType: place.kind,
        isGroup: place.kind !== 'personal',
        tenantId: tenant,
      };
      const from = { id: '29:installer', name: 'Installer', aadObjectId: 'installer' };
      await deliver({ type: 'installationUpdate', action: 'add', from, conversation });
      await deliver({ type: 'conversationUpdate', membersAdded: [bot], from, conversation });
    },
    messages(place, root) {
      return conversations.messages.filter(
        (message) => message.place === place && (root === undefined || message.root === root),
      );
    },
    answerTo(message, skip = 0) {
      return conversations.until(
        () => {
          const after = conversations.messages.slice(conversations.messages.indexOf(message) + 1);
          const answers = after.filter(
            ({ place, root, from }) => from === BOT && place === message.place && root === message.root,
          );
          return answers[skip];
        },
        `an answer to ${message.text ?? message.id}`,
      );
    },
    until: (look, what = 'what the test waits for') => conversations.until(look, what),
    fail(...next) {
      faults.push(...next);
    },
    deliver,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve, reject) => server.close((fault) => (fault ? reject(fault) : resolve())));
    },
  };
  return teams;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
