import { CloudAdapter } from 'botbuilder';
import { type Express, json, type Request, type Response } from 'express';
import type { Card } from '../../src/chat/card';
import type { Reply } from '../../src/chat/reply';
import type { ThreadRef } from '../../src/chat/thread-ref';
import { ChatError } from '../../src/ports/chat-platform';
import type { ChatAdapter, ChatAdapterDeps } from '../chat-adapter';
import { type Asked, answerInThread } from './answer';
import { answerInvoke, type InvokeAnswer, workingAnswer } from './answer-invoke';
import { authenticate, createAuthentication, type TeamsSettings } from './authenticate';
import { createCarryPictures } from './carry-pictures';
import { createConnector } from './connector';
import { INVOKE_MILLISECONDS, MAX_BODY_BYTES } from './limits';
import { createOutbox } from './outbox';
import { TeamsActivity } from './payloads';
import { createPeople } from './people';
import { createTeamsPlatform, type DrawCard } from './platform';
import { activityToReceived, type Received } from './receive';
import { cardToAdaptiveCard } from './render-card';

interface TeamsAdapterDeps extends ChatAdapterDeps {
  settings: TeamsSettings;
  /** Longest wait before an invoke is answered with "working on it". */
  invokeMilliseconds?: number;
}

type ReceivedInbound = Extract<Received, { kind: 'inbound' }>;

const GREETING: Card = {
  title: 'Talbot is here: threat hunts, end to end, in this conversation',
  blocks: [
    {
      type: 'text',
      text: 'Type help to see what I can do, or new NAME to begin a hunt. In a channel, mention me first.',
    },
  ],
};

const NOT_SHOWN: Card = {
  title: 'This answer could not be shown in Teams',
  tone: 'warning',
  blocks: [
    {
      type: 'text',
      text: 'Teams refused the message. What was asked for was done; the log tells why it could not be shown.',
    },
  ],
};

/**
 * Teams over the Bot Connector: activities come to POST /api/messages, answers go out as messages of their own. Without an app id
 * nothing is verified, which is allowed on a loopback host only; the composition root sees to that.
 */
export function createTeamsAdapter(deps: TeamsAdapterDeps): ChatAdapter {
  const { settings, log } = deps;
  const appId = settings.appId ?? '';
  const anonymous = appId === '';
  const authentication = createAuthentication(settings);
  const outbox = createOutbox();
  const connector = createConnector({ cloud: new CloudAdapter(authentication), appId, outbox });
  const place = (settings.dialogs ?? !anonymous) ? 'message' : 'message-without-dialogs';
  const draw: DrawCard = (card) => cardToAdaptiveCard(card, place);
  const pictures = createCarryPictures(deps.pictures, log);
  const platform = createTeamsPlatform(connector, draw, pictures, anonymous);
  const people = createPeople({ connector, clock: deps.clock, log });
  const working = new Set<Promise<void>>();
  const greeted = new Set<string>();
  let stopping = false;

  async function receive(request: Request, response: Response): Promise<void> {
    if (stopping) {
      response.status(503).end();
      return;
    }
    const verdict = await authenticate(authentication, anonymous, request.body, request.headers.authorization ?? '');
    if (verdict !== 'trusted') {
      log.warn({ platform: 'teams', verdict }, 'a request to the Teams endpoint was refused');
      response.status({ unauthorized: 401, forbidden: 403, unavailable: 503 }[verdict]).end();
      return;
    }
    const activity = TeamsActivity.safeParse(request.body);
    if (!activity.success) {
      const faults = activity.error.issues.map((issue) => issue.path.join('.'));
      log.warn({ platform: 'teams', faults }, 'an activity from Teams could not be read');
      response.status(400).end();
      return;
    }
    const received = activityToReceived(activity.data);
    if (activity.data.type === 'invoke') {
      await answerToInvoke(received, activity.data.replyToId ?? undefined, response);
      return;
    }
    response.status(200).end();
    if (received.kind === 'inbound') track(received.inbound.thread, () => converse(received));
    if (received.kind === 'added') track(received.thread, () => greet(received.thread));
  }

  async function converse(received: ReceivedInbound): Promise<void> {
    const inbound = await people.withPeople(received.inbound, received.carried);
    const reply = await deps.dispatcher().dispatch(inbound);
    await answerInThread({ platform, connector, draw }, { inbound, carried: received.carried }, reply);
  }

  async function answerToInvoke(received: Received, shown: string | undefined, response: Response): Promise<void> {
    if (received.kind !== 'inbound' || received.via === 'message') {
      response.status(received.kind === 'unknown-invoke' ? 501 : 200).end();
      return;
    }
    const { via, carried } = received;
    const inbound = await people.withPeople(received.inbound, carried);
    const asked = { inbound, carried, via, shown };
    // Not every answer to an invoke goes through the platform: some travel in its response.
    const work = deps.dispatcher().dispatch(inbound).then(pictures.reply);
    const reply = await withinTime(work);
    if (reply === 'late') {
      respond(response, workingAnswer(via));
      track(inbound.thread, async () => answerLate(asked, await work));
      return;
    }
    const answer = answerInvoke({ platform, connector, draw }, asked, reply);
    respond(response, answer);
    if (answer.after !== undefined) track(inbound.thread, answer.after);
  }

  function answerLate(asked: Asked, reply: Reply): Promise<void> {
    return answerInThread({ platform, connector, draw }, asked, reply);
  }

  async function withinTime(work: Promise<Reply>): Promise<Reply | 'late'> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), deps.invokeMilliseconds ?? INVOKE_MILLISECONDS);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function greet(thread: ThreadRef): Promise<void> {
    if (greeted.has(thread.channel)) return;
    greeted.add(thread.channel);
    await platform.post(thread, GREETING);
  }

  /** Work that no request waits for: its faults end here, told to the thread where Teams still listens, and to the log. */
  function track(thread: ThreadRef, work: () => Promise<void>): void {
    const running = work().catch(async (fault: unknown) => {
      log.error({ platform: 'teams', err: fault }, 'an answer did not reach Teams');
      if (!(fault instanceof ChatError) || fault.code !== 'rejected') return;
      await platform.post(thread, NOT_SHOWN).catch((again: unknown) => {
        log.error({ platform: 'teams', err: again }, 'nor did the word that it did not');
      });
    });
    working.add(running);
    void running.finally(() => working.delete(running));
  }

  return {
    platform,
    mount(http: Express) {
      const parse = json({ limit: MAX_BODY_BYTES });
      http.post('/api/messages', (request, response, next) => {
        parse(request, response, (fault?: unknown) => {
          if (fault === undefined) receive(request, response).catch(next);
          else response.status(400).end();
        });
      });
    },
    async start() {},
    async stop() {
      stopping = true;
      while (working.size > 0) await Promise.all(working);
      outbox.close();
    },
  };
}

function respond(response: Response, answer: InvokeAnswer): void {
  if (answer.body === undefined) response.status(200).end();
  else response.status(200).json(answer.body);
}
