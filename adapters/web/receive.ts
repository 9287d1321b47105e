import type { z } from 'zod';
import type { Actor, Inbound } from '../../src/chat/inbound';
import type { ThreadRef } from '../../src/chat/thread-ref';
import type { Dispatcher } from '../../src/commands/dispatcher';
import type { Log } from '../../src/log';
import { addressedBy } from './addressed-by';
import type { AttachedFiles } from './attached-files';
import { RequestError } from './errors';
import type { EventStream } from './event-stream';
import { localThread, mayRead } from './local-channels';
import { localMentions, personById } from './local-people';
import type { LocalMessage, MessageLog } from './message-log';
import { isCommand, messageView } from './message-view';
import type { WireMessage, WireOutcome } from './page/wire';
import type { DeleteBody, EditBody, FormBody, PressBody, SendBody, Sender } from './payloads';
import { createReplyPlacer } from './place-reply';
import { type LocalPlatform, refOf, threadBelow } from './platform';

export interface Receiver {
  send(body: z.infer<typeof SendBody>): Promise<WireMessage>;
  edit(body: z.infer<typeof EditBody>): Promise<WireMessage>;
  remove(body: z.infer<typeof DeleteBody>): Promise<void>;
  press(body: z.infer<typeof PressBody>): Promise<WireOutcome>;
  submit(body: z.infer<typeof FormBody>): Promise<WireOutcome>;
  /** Waits for everything that is being answered. */
  settle(): Promise<void>;
}

export interface ReceiverParts {
  dispatcher: () => Dispatcher;
  messages: MessageLog;
  platform: LocalPlatform;
  events: EventStream;
  files: AttachedFiles;
  log: Log;
  now: () => Date;
}

/** Turns what people do on the page into Inbounds. A message is answered by events; a press or a form waits for its Reply. */
export function createReceiver(parts: ReceiverParts): Receiver {
  const { dispatcher, messages, platform, events, files, log, now } = parts;
  const place = createReplyPlacer(parts);
  const pending = new Set<Promise<unknown>>();

  function track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => pending.delete(tracked));
    pending.add(tracked);
    return tracked;
  }

  function working(sender: Sender, thread: ThreadRef, on: boolean): void {
    const { channel, root } = thread;
    events.publish((_, tab) =>
      tab === sender.tab ? { kind: 'working', channel, working: on, ...(root !== undefined && { root }) } : null,
    );
  }

  /** Answers after the request has ended; a fault here has nobody to reject to. */
  function answerLater(inbound: Inbound, sender: Sender, shown: boolean): void {
    async function answer(): Promise<void> {
      if (shown) working(sender, inbound.thread, true);
      try {
        const reply = await dispatcher().dispatch(inbound);
        await place(reply, { sender, thread: inbound.thread, awaited: false });
      } catch (error) {
        log.error({ err: error, inbound: inbound.id }, 'An answer could not be shown on the local page');
      } finally {
        if (shown) working(sender, inbound.thread, false);
      }
    }
    void track(answer());
  }

  async function ownMessage(id: string, sender: Sender): Promise<LocalMessage> {
    const message = await messages.get(id);
    if (message === null || message.deletedAt !== undefined) throw notFound();
    if (message.author.id !== sender.as)
      throw new RequestError(403, 'not-yours', 'Only its author may change a message.');
    return message;
  }

  async function visibleMessage(id: string, sender: Sender): Promise<LocalMessage> {
    const message = await messages.get(id);
    if (message === null || !mayRead(sender.as, message.channel)) throw notFound();
    if (message.onlyFor !== undefined && message.onlyFor !== sender.as) throw notFound();
    return message;
  }

  async function placeOf(sender: Sender, channel: string, root: string | undefined): Promise<ThreadRef> {
    if (!mayRead(sender.as, channel)) throw notFound();
    if (root === undefined) return localThread(channel);
    const under = await visibleMessage(root, sender);
    if (under.channel !== channel || under.root !== undefined) throw notFound();
    return localThread(channel, root);
  }

  return {
    async send(body) {
      const thread = await placeOf(body, body.channel, body.root);
      const attached = body.file === undefined ? undefined : files.find(body.as, body.file);
      const actor = actorOf(body);
      const { message, fresh } = await platform.publish({
        channel: body.channel,
        root: body.root,
        author: { id: actor.id, name: actor.name, bot: false },
        text: attached ? `${body.text}\n📎 ${attached.name}` : body.text,
        key: `sent:${body.as}:${body.once}`,
        // As in Slack, what is typed after a slash is between the person and Talbot.
        onlyFor: isCommand(body.text) ? body.as : undefined,
      });
      if (fresh) {
        const { addressed, words } = addressedBy(body.text, thread.direct === true);
        const inbound: Inbound = {
          id: `web:sent:${body.once}`,
          kind: 'text',
          actor,
          thread,
          text: words,
          addressed,
          ...(!isCommand(body.text) && { messageId: message.id }),
          mentions: localMentions,
          ...(attached && { files: [attached] }),
        };
        answerLater(inbound, body, addressed !== 'no');
      }
      return viewFor(message, body);
    },

    async edit(body) {
      const message = await ownMessage(body.id, body);
      if (message.text === undefined || isCommand(message.text)) {
        throw new RequestError(403, 'not-yours', 'A command was carried out when it came: send it again instead.');
      }
      const changed = await platform.change(body.id, (stored) => ({ ...stored, text: body.text, editedAt: now() }));
      if (changed === null) throw notFound();
      const { thread, id } = refOf(changed);
      const inbound: Inbound = {
        id: `web:edited:${body.once}`,
        kind: 'edited',
        actor: actorOf(body),
        thread,
        messageId: id,
        text: body.text,
      };
      answerLater(inbound, body, false);
      return viewFor(changed, body);
    },

    async remove(body) {
      const known = await messages.get(body.id);
      // Sent again after a lost answer.
      if (known?.deletedAt !== undefined && known.author.id === body.as) return;
      const message = await ownMessage(body.id, body);
      await platform.change(body.id, ({ text: _, ...stored }) => ({ ...stored, deletedAt: now() }));
      if (message.text !== undefined && isCommand(message.text)) return;
      const { thread, id } = refOf(message);
      const inbound: Inbound = {
        id: `web:deleted:${body.once}`,
        kind: 'deleted',
        actor: actorOf(body),
        thread,
        messageId: id,
      };
      answerLater(inbound, body, false);
    },

    async press(body) {
      const pressed = await visibleMessage(body.message, body);
      const thread = threadBelow(pressed);
      const inbound: Inbound = {
        id: `web:press:${body.once}`,
        kind: 'press',
        actor: actorOf(body),
        thread,
        command: body.command,
        args: body.args,
        values: body.values,
        message: refOf(pressed),
      };
      const answer = async () =>
        place(await dispatcher().dispatch(inbound), { sender: body, thread, pressed, awaited: true });
      return track(answer());
    },

    async submit(body) {
      const pressed = body.message === undefined ? undefined : await visibleMessage(body.message, body);
      const thread = pressed === undefined ? await placeOf(body, body.channel, body.root) : threadBelow(pressed);
      const inbound: Inbound = {
        id: `web:form:${body.once}`,
        kind: 'form',
        actor: actorOf(body),
        thread,
        command: body.command,
        args: body.args,
        values: body.values,
        mentions: localMentions,
        ...(pressed !== undefined && { message: refOf(pressed) }),
      };
      const answer = async () =>
        place(await dispatcher().dispatch(inbound), {
          sender: body,
          thread,
          awaited: true,
          ...(pressed !== undefined && { pressed }),
        });
      return track(answer());
    },

    async settle() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}

function actorOf(sender: Sender): Actor {
  const person = personById(sender.as);
  if (person === undefined) throw notFound();
  const timeZone = knownZone(sender.timeZone);
  return {
    platform: 'web',
    tenant: 'local',
    id: person.id,
    name: person.name,
    ...(timeZone !== undefined && { timeZone }),
  };
}

function knownZone(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function viewFor(message: LocalMessage, sender: Sender): WireMessage {
  const view = messageView(message, sender.as);
  if (view === null) throw notFound();
  return view;
}

function notFound(): RequestError {
  return new RequestError(404, 'not-found', 'There is no such message or channel for you.');
}
