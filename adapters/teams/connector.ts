import type { Activity, CloudAdapter, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { type MessageRef, type ThreadRef, threadUnder } from '../../src/chat/thread-ref';
import { ChatError } from '../../src/ports/chat-platform';
import { toChatError } from './errors';
import type { Outbox } from './outbox';
import { conversationId, type Route, textToRoute } from './route';
import { isTrustedServiceUrl } from './service-url';

/** What Talbot asks of the Bot Connector. Everything sent waits its turn in the outbox; everything rejects with ChatError. */
export interface Connector {
  send(thread: ThreadRef, activity: Partial<Activity>): Promise<MessageRef>;
  update(message: MessageRef, activity: Partial<Activity>): Promise<void>;
  /** `unsupported` where the service knows no reactions from bots, or not on this message. */
  react(message: MessageRef, reaction: string): Promise<'done' | 'unsupported'>;
  /** Somebody in the conversation, by Teams's own id or the directory's; undefined where Teams knows nobody. */
  member(thread: ThreadRef, id: string): Promise<{ id: string; name: string } | undefined>;
}

interface ConnectorDeps {
  cloud: CloudAdapter;
  /** Empty in the anonymous mode. */
  appId: string;
  outbox: Outbox;
  /** Longest wait for Teams's answer to one send; the SDK would wait for ever, and with it everything behind it. */
  sendMilliseconds?: number;
}

interface Policy {
  name: string;
  sendRequest(request: { timeout: number }, next: (request: { timeout: number }) => Promise<unknown>): Promise<unknown>;
}

/** The parts of the SDK's connector client that its own types keep to themselves. */
interface RawClient {
  client: {
    pipeline: {
      removePolicy(options: { name: string }): unknown;
      addPolicy(policy: Policy): void;
    };
  };
  credentials: { signRequest(request: { headers: Headers }): Promise<unknown> };
  conversations: { getConversationMember(conversation: string, member: string): Promise<unknown> };
}

const Member = z.object({
  aadObjectId: z.string().max(200).optional(),
  objectId: z.string().max(200).optional(),
  name: z.string().max(200).optional(),
});

/** Reactions of bots are general since July 2026 (msteams-docs, developer announcements); older services answer with one of these. */
const NO_REACTIONS = new Set([400, 403, 404, 405, 501]);
const SEND_MILLISECONDS = 20_000;

export function createConnector(deps: ConnectorDeps): Connector {
  const { cloud, appId, outbox, sendMilliseconds = SEND_MILLISECONDS } = deps;

  const patience: Policy = {
    name: 'patience',
    sendRequest(request, next) {
      request.timeout = sendMilliseconds;
      return next(request);
    },
  };

  function routeOf(thread: ThreadRef): Route {
    const route = textToRoute(thread.route);
    if (route === undefined) throw new ChatError('gone', 'Talbot does not know the way to this conversation');
    if (!isTrustedServiceUrl(route.serviceUrl, appId === '')) {
      throw new ChatError('rejected', 'The service address of this conversation is not one that Talbot trusts');
    }
    return route;
  }

  /** One turn against a conversation. Retries are the outbox's: the SDK's own would send a message twice after a lost answer. */
  async function within<T>(
    route: Route,
    conversation: string,
    work: (context: TurnContext, client: RawClient) => Promise<T>,
  ): Promise<T> {
    const results: T[] = [];
    const reference = {
      serviceUrl: route.serviceUrl,
      channelId: 'msteams',
      bot: { id: route.botId, name: 'Talbot' },
      // The name is asked for by the SDK's types and must not be empty for the playground; Teams does not read it.
      conversation: {
        id: conversation,
        isGroup: route.kind !== 'personal',
        conversationType: route.kind,
        name: route.kind,
      },
    };
    await cloud.continueConversationAsync(appId, reference, async (context) => {
      const client = context.turnState.get<RawClient>(cloud.ConnectorClientKey);
      if (client === undefined) throw new ChatError('unavailable', 'The connector could not be opened');
      for (const name of ['defaultRetryPolicy', 'redirectPolicy']) client.client.pipeline.removePolicy({ name });
      client.client.pipeline.addPolicy(patience);
      // The continuation's made-up id would make every message a reply to a message that does not exist.
      delete context.activity.id;
      results.push(await work(context, client));
    });
    const [result] = results;
    if (results.length === 0 || result === undefined)
      throw new ChatError('unavailable', 'The connector gave no answer');
    return result;
  }

  return {
    async send(thread, activity) {
      const route = routeOf(thread);
      const conversation = conversationId(thread, route.kind);
      const id = await outbox.run(conversation, () =>
        within(route, conversation, async (context) => (await context.sendActivity(activity))?.id ?? ''),
      );
      if (id === '') throw new ChatError('unavailable', 'Teams gave the message no id');
      return { thread, id };
    },
    async update(message, activity) {
      const route = routeOf(message.thread);
      const conversation = conversationId(threadUnder(message), route.kind);
      await outbox.run(conversation, () =>
        within(route, conversation, async (context) => {
          await context.updateActivity({ ...activity, id: message.id });
          return true;
        }),
      );
    },
    async react(message, reaction) {
      const route = routeOf(message.thread);
      const conversation = conversationId(threadUnder(message), route.kind);
      const path = ['v3', 'conversations', conversation, 'activities', message.id, 'reactions', reaction];
      const url = new URL(path.map(encodeURIComponent).join('/'), withSlash(route.serviceUrl));
      return outbox.run(conversation, () =>
        within(route, conversation, async (_, client) => {
          const headers = new Headers();
          await client.credentials.signRequest({ headers });
          const response = await fetch(url, {
            method: 'PUT',
            headers,
            redirect: 'error',
            signal: AbortSignal.timeout(sendMilliseconds),
          });
          await response.body?.cancel();
          if (response.ok) return 'done' as const;
          if (NO_REACTIONS.has(response.status)) return 'unsupported' as const;
          throw Object.assign(new Error(`reaction: ${response.status}`), { statusCode: response.status, response });
        }),
      );
    },
    async member(thread, id) {
      const route = routeOf(thread);
      try {
        const member = await within(route, thread.channel, async (_, client) =>
          Member.safeParse(await client.conversations.getConversationMember(thread.channel, id)),
        );
        if (!member.success) return undefined;
        return { id: member.data.aadObjectId ?? member.data.objectId ?? id, name: member.data.name ?? '' };
      } catch (fault) {
        const error = toChatError(fault);
        if (error.code === 'gone') return undefined;
        throw error;
      }
    },
  };
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
