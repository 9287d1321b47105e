import type { Card } from '../../src/chat/card';
import type { Form } from '../../src/chat/form';
import type { Reply } from '../../src/chat/reply';
import type { MessageRef, ThreadRef } from '../../src/chat/thread-ref';
import type { Log } from '../../src/log';
import { ChatError, type ChatPlatform } from '../../src/ports/chat-platform';
import { chatErrorFrom, patiently } from './errors';
import { inert } from './platform';
import { formToView } from './render-form';
import type { RespondTo } from './respond';
import type { SendCard } from './send-card';
import type { Workspaces } from './workspaces';

/** Where an Inbound came from, as far as its answer needs it. */
export interface Origin {
  thread: ThreadRef;
  person: string;
  /** Opens a view; good for 3 seconds and one use. */
  trigger?: string | undefined;
  /** Good for 5 uses in 30 minutes. */
  respond?: string | undefined;
  /** The card that was pressed, where it can be edited by its id. */
  message?: MessageRef | undefined;
  /** The card that was pressed is seen by its reader alone: only `respond` reaches it. */
  ephemeral?: boolean | undefined;
}

export interface AnswerDeps {
  workspaces: Workspaces;
  platform: ChatPlatform;
  respondTo: RespondTo;
  sendCard: SendCard;
  log: Log;
}

/** Puts a reply where its kind belongs. Rejects with ChatError. */
export async function answer(deps: AnswerDeps, reply: Reply, origin: Origin): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return reply.to === 'everyone' ? toEveryone(deps, reply.card, origin) : toAsker(deps, reply.card, origin);
    case 'replace':
      return replace(deps, reply.card, origin);
    case 'form':
      return open(deps, reply.form, origin);
    case 'field-errors':
      return toAsker(deps, faultsCard(reply.errors), origin);
    case 'sign':
      return deps.platform.sign({ thread: origin.thread, id: reply.messageId }, reply.sign);
    case 'file':
      try {
        return await deps.platform.share(origin.thread, reply.file, reply.card);
      } catch (error) {
        if (!isGone(error) || origin.respond === undefined) throw error;
        const link = { type: 'file', name: reply.file.name, url: reply.file.url, detail: '' } as const;
        return deps.respondTo(origin.respond, { ...reply.card, blocks: [...reply.card.blocks, link] }, 'in_channel');
      }
    case 'nothing':
      return;
    default:
      return reply satisfies never;
  }
}

/** In a channel Talbot is no member of, a slash command's own address still reaches everyone. */
async function toEveryone(deps: AnswerDeps, card: Card, origin: Origin): Promise<void> {
  try {
    await deps.platform.post(origin.thread, card);
  } catch (error) {
    if (!isGone(error) || origin.respond === undefined) throw error;
    await deps.respondTo(origin.respond, card, 'in_channel');
  }
}

/** Tries one way after another: each can be closed (no member, an address used up), and an answer shall not be lost for that. */
async function toAsker(deps: AnswerDeps, card: Card, origin: Origin): Promise<void> {
  const { thread, message, respond: url } = origin;
  // A conversation with Talbot has one reader, and what is ephemeral is gone after a reload. A slash command may come from a
  // conversation of two others, which only looks the same.
  if (thread.direct && (url === undefined || message !== undefined)) return toEveryone(deps, card, origin);
  const responded = url === undefined ? undefined : () => deps.respondTo(url, card, 'ephemeral');
  const posted = () => ephemeral(deps, card, origin);
  // In a thread that nobody opened yet, an ephemeral message is seen by nobody.
  const atTop = thread.root === undefined || (message !== undefined && message.thread.root === undefined);
  const personal = { platform: 'slack', tenant: thread.tenant, channel: origin.person, direct: true } as const;
  // A response_url takes no picture that was brought to Slack.
  const pictured = card.blocks.some((block) => block.type === 'image');
  const ways = [
    ...(atTop && !pictured ? [responded, posted] : [posted, responded]),
    () => deps.platform.post(personal, card),
  ];
  await firstOpen(ways.filter((way) => way !== undefined));
}

async function firstOpen(ways: readonly (() => Promise<unknown>)[]): Promise<void> {
  const [way, ...others] = ways;
  try {
    await way?.();
  } catch (error) {
    const fault = chatErrorFrom(error);
    if (fault.code !== 'gone' || others.length === 0) throw fault;
    await firstOpen(others);
  }
}

async function ephemeral(deps: AnswerDeps, card: Card, origin: Origin): Promise<void> {
  const { thread, person } = origin;
  const client = await deps.workspaces.client(thread.tenant);
  await deps.sendCard(thread.tenant, card, ({ text, blocks }) =>
    client.chat.postEphemeral({
      channel: thread.channel,
      user: person,
      ...(thread.root !== undefined && { thread_ts: thread.root }),
      text,
      blocks,
      link_names: inert.link_names,
      parse: inert.parse,
    }),
  );
}

async function replace(deps: AnswerDeps, card: Card, origin: Origin): Promise<void> {
  if (origin.message !== undefined) return deps.platform.update(origin.message, card);
  if (origin.ephemeral && origin.respond !== undefined) return deps.respondTo(origin.respond, card, 'replace');
  return toEveryone(deps, card, origin);
}

async function open(deps: AnswerDeps, form: Form, origin: Origin): Promise<void> {
  if (origin.trigger === undefined) return toAsker(deps, opener(form), origin);
  const client = await deps.workspaces.client(origin.thread.tenant);
  try {
    const view = viewFor(form, origin);
    await patiently(() => client.views.open({ trigger_id: origin.trigger ?? '', view }));
  } catch (error) {
    deps.log.warn({ err: error, command: form.command }, 'Slack opened no form: a button is offered instead');
    await toAsker(deps, opener(form), { ...origin, trigger: undefined });
  }
}

export function viewFor(form: Form, origin: Origin) {
  const { thread } = origin;
  return formToView(form, {
    channel: thread.channel,
    ...(thread.root !== undefined && { root: thread.root }),
    ...(thread.direct && { direct: true }),
    ...(origin.message !== undefined && { message: origin.message.id }),
    ...(origin.respond !== undefined && { respond: origin.respond }),
    ...(origin.ephemeral && { ephemeral: true }),
  });
}

/** Slack opens a form only within 3 seconds of a press or a slash command: for words in a message, the press is asked for. */
function opener(form: Form): Card {
  return {
    title: form.title,
    blocks: [
      ...(form.intro === undefined ? [] : [{ type: 'text', text: form.intro } as const]),
      {
        type: 'actions',
        buttons: [{ label: 'Open the form', command: form.command, args: form.args, opens: 'form', style: 'primary' }],
      },
    ],
  };
}

/** For faults found after the form had to be closed. */
function faultsCard(errors: Record<string, string>): Card {
  const facts = Object.entries(errors).map(([field, value]) => ({ label: field === 'form' ? 'Form' : field, value }));
  return { title: 'That could not be done yet', tone: 'warning', blocks: [{ type: 'facts', facts }] };
}

function isGone(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'gone';
}
