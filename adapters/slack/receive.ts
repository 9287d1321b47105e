import type { App } from '@slack/bolt';
import type { z } from 'zod';
import type { Card } from '../../src/chat/card';
import type { Inbound } from '../../src/chat/inbound';
import type { Reply } from '../../src/chat/reply';
import type { ThreadRef } from '../../src/chat/thread-ref';
import type { Dispatcher } from '../../src/commands/dispatcher';
import type { Log } from '../../src/log';
import { type AnswerDeps, answer, type Origin, viewFor } from './answer';
import { publishHome } from './home';
import { inboundFromCommand, inboundFromPress, inboundFromSubmission, threadOf } from './inbound-from-slack';
import * as payloads from './payloads';
import { type People, within } from './people';
import { receiveEvent } from './receive-event';
import { spokenWords } from './spoken-words';
import { faultsToBlocks } from './view-state';

export interface ReceiveDeps extends AnswerDeps {
  people: People;
  dispatcher: () => Dispatcher;
  /** Keeps what goes on after the acknowledgement in sight, so that a stop can wait for it; logs what fails. */
  carryOut(what: string, work: () => Promise<void>): void;
  log: Log;
}

/**
 * Slack gives 3 seconds for a submission's acknowledgement, and faults can be shown beside the fields in it alone: that long less what
 * the way takes.
 */
const FORM_PATIENCE_MS = 2000;

/** Every payload is acknowledged before anything is done about it, except a submitted form. */
export function receive(app: App, deps: ReceiveDeps): void {
  app.command(/^/, async ({ body, ack }) => {
    await ack();
    const command = parsed(deps, payloads.SlashCommand, body);
    if (command === undefined) return;
    deps.carryOut('command', async () => {
      const inbound = await inboundFromCommand(deps, command);
      await dispatchAndAnswer(deps, inbound, { trigger: command.trigger_id, respond: command.response_url });
    });
  });

  app.action(/^/, async ({ body, ack, context }) => {
    await ack();
    const payload = parsed(deps, payloads.BlockActions, body);
    if (payload === undefined) return;
    const team = payload.team?.id ?? context.teamId ?? '';
    deps.carryOut('press', async () => {
      const otherwise = await conversationWith(deps, team, payload.user.id, payload.container.channel_id);
      const pressed = await inboundFromPress(deps, payload, team, otherwise);
      if (pressed === undefined) return;
      await dispatchAndAnswer(deps, pressed.inbound, {
        trigger: payload.trigger_id,
        respond: payload.response_url,
        message: pressed.message,
        ephemeral: payload.container.is_ephemeral,
      });
    });
  });

  app.view(/^/, async ({ body, ack, context }) => {
    const payload = parsed(deps, payloads.ViewSubmission, body);
    if (payload === undefined) return ack();
    const team = payload.team?.id ?? context.teamId ?? '';
    const submitted = await inboundFromSubmission(deps, payload, team);
    if (submitted === undefined) return ack();
    const { inbound, place } = submitted;
    const origin: Origin = {
      thread: inbound.thread,
      person: inbound.actor.id,
      message: inbound.message,
      respond: place.respond,
      ephemeral: place.ephemeral,
    };
    const work = acceptAndRun(deps.dispatcher(), inbound);
    const reply = await within(work, FORM_PATIENCE_MS, undefined);
    const inputs = payload.view.blocks.flatMap((block) =>
      block.type === 'input' && block.block_id ? [block.block_id] : [],
    );
    if (reply?.kind === 'field-errors' && inputs.length > 0) {
      return ack({ response_action: 'errors', errors: faultsToBlocks(reply.errors, inputs) });
    }
    if (reply?.kind === 'form') return ack({ response_action: 'update', view: viewFor(reply.form, origin) });
    await ack();
    deps.carryOut('form', async () => give(deps, reply ?? (await work), origin));
  });

  app.shortcut(/^/, async ({ body, ack, context }) => {
    await ack();
    const shortcut = parsed(deps, payloads.Shortcut, body);
    if (shortcut === undefined) return;
    const team = shortcut.team?.id ?? context.teamId ?? '';
    deps.carryOut('shortcut', async () => {
      const onMessage = shortcut.type === 'message_action' ? shortcut : undefined;
      const message = onMessage?.message;
      const thread = await conversationWith(deps, team, shortcut.user.id, onMessage?.channel.id);
      const inbound: Inbound = {
        kind: 'press',
        id: shortcut.trigger_id,
        actor: await deps.people.find(team, shortcut.user.id, shortcut.user.name ?? shortcut.user.username),
        thread: message === undefined ? thread : { ...thread, root: message.thread_ts ?? message.ts },
        command: shortcut.callback_id,
        args: message === undefined ? {} : { text: (await spokenWords(deps.people, team, message.text)).text },
        values: {},
      };
      await dispatchAndAnswer(deps, inbound, { trigger: shortcut.trigger_id, respond: onMessage?.response_url });
    });
  });

  app.event(/^/, async ({ body, context }) => {
    const envelope = parsed(deps, payloads.EventEnvelope, body);
    if (envelope === undefined) return;
    const { event_id: eventId, team_id: team, event } = envelope;
    if (event.type === 'app_uninstalled') return deps.carryOut('uninstall', () => deps.workspaces.forget(team));
    if (event.type === 'app_home_opened') {
      const opened = parsed(deps, payloads.AppHomeOpened, event);
      if (opened === undefined || opened.tab === 'messages') return;
      const { user: person, channel } = opened;
      return deps.carryOut('home', () => publishHome(deps, { eventId, team, person, channel }));
    }
    deps.carryOut('event', async () => {
      const inbound = await receiveEvent(deps, envelope, { bot: context.botUserId ?? '', botId: context.botId ?? '' });
      if (inbound !== undefined) await dispatchAndAnswer(deps, inbound, {});
    });
  });
}

async function dispatchAndAnswer(
  deps: ReceiveDeps,
  inbound: Inbound,
  origin: Omit<Origin, 'thread' | 'person'>,
): Promise<void> {
  const reply = await deps.dispatcher().dispatch(inbound);
  await give(deps, reply, { ...origin, thread: inbound.thread, person: inbound.actor.id });
}

/** An answer that Slack does not take is no silence: the person hears that there was one. */
async function give(deps: ReceiveDeps, reply: Reply, origin: Origin): Promise<void> {
  try {
    await answer(deps, reply, origin);
  } catch (error) {
    deps.log.error({ err: error, reply: reply.kind }, 'Slack did not take an answer');
    if (reply.kind === 'sign') return;
    const reason = error instanceof Error ? error.message : String(error);
    const card: Card = {
      title: 'The answer could not be shown here',
      tone: 'warning',
      blocks: [{ type: 'note', text: reason }],
    };
    await answer(deps, { kind: 'card', to: 'asker', card }, { ...origin, trigger: undefined });
  }
}

async function acceptAndRun(dispatcher: Dispatcher, inbound: Inbound): Promise<Reply> {
  const accepted = await dispatcher.accept(inbound);
  return accepted.state === 'settled' ? accepted.reply : accepted.run();
}

/** The channel that was named, else the person's own conversation with Talbot. */
async function conversationWith(
  deps: ReceiveDeps,
  team: string,
  person: string,
  channel: string | undefined,
): Promise<ThreadRef> {
  if (channel !== undefined) return threadOf(team, channel, undefined);
  const client = await deps.workspaces.client(team);
  const opened = await client.conversations.open({ users: person });
  return { ...threadOf(team, opened.channel?.id ?? person, undefined), direct: true };
}

function parsed<T>(deps: ReceiveDeps, schema: z.ZodType<T>, payload: unknown): T | undefined {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  deps.log.warn({ faults }, 'Slack sent a payload of another shape: nothing was done');
  return undefined;
}
