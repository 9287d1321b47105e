import type { Card } from '../../src/chat/card';
import type { Inbound } from '../../src/chat/inbound';
import type { Reply } from '../../src/chat/reply';
import type { MessageRef } from '../../src/chat/thread-ref';
import type { ChatPlatform } from '../../src/ports/chat-platform';
import type { Connector } from './connector';
import type { Carried } from './payloads';
import { attachmentActivity, type DrawCard } from './platform';
import { formToAdaptiveCard, submittedForm } from './render-form';

export interface AnswerDeps {
  platform: ChatPlatform;
  connector: Connector;
  draw: DrawCard;
}

/** What came in, as far as an answer depends on it. */
export interface Asked {
  inbound: Inbound;
  carried?: Carried | undefined;
}

/** Puts the reply into the conversation: the answer to typed words, and to whatever took too long for an invoke. */
export async function answerInThread({ platform, connector }: AnswerDeps, asked: Asked, reply: Reply): Promise<void> {
  const { thread, actor } = asked.inbound;
  switch (reply.kind) {
    case 'card':
      await platform.post(thread, reply.card);
      return;
    case 'replace':
      await replaceOrPost(platform, asked.inbound, reply.card);
      return;
    case 'form': {
      const card = formToAdaptiveCard(reply.form, { in: 'message', asker: actor, ...pressedOf(asked) });
      await connector.send(thread, attachmentActivity(reply.form.title, card));
      return;
    }
    case 'field-errors': {
      const again = formAgain(asked, reply.errors, 'message');
      if (again === undefined) await platform.post(thread, errorsCard(reply.errors));
      else await connector.send(thread, attachmentActivity(again.title, again.card));
      return;
    }
    case 'sign':
      await platform.sign({ thread, id: reply.messageId }, reply.sign);
      return;
    case 'file':
      await platform.share(thread, reply.file, reply.card);
      return;
    case 'nothing':
      return;
    default:
      reply satisfies never;
  }
}

async function replaceOrPost(platform: ChatPlatform, inbound: Inbound, card: Card): Promise<void> {
  const message = messageOf(inbound);
  if (message === undefined) await platform.post(inbound.thread, card);
  else await platform.update(message, card);
}

/** The form that was submitted, with its faults; undefined where no form was. */
export function formAgain(asked: Asked, errors: Record<string, string>, where: 'dialog' | 'message') {
  const { carried, inbound } = asked;
  if (carried?.do !== 'submit' || inbound.kind !== 'form') return undefined;
  const form = submittedForm(carried, inbound.values);
  const card = formToAdaptiveCard(form, { in: where, errors, asker: inbound.actor, ...pressedOf(asked) });
  return { title: form.title, card };
}

/** The message whose button was pressed, to be named in the form that follows. */
export function pressedOf({ inbound }: Asked): { message?: string } {
  const message = messageOf(inbound);
  return message === undefined ? {} : { message: message.id };
}

export function messageOf(inbound: Inbound): MessageRef | undefined {
  return inbound.kind === 'press' || inbound.kind === 'form' ? inbound.message : undefined;
}

export function errorsCard(errors: Record<string, string>): Card {
  return {
    title: 'This cannot be done yet',
    tone: 'warning',
    blocks: Object.entries(errors).map(([name, fault]) => ({
      type: 'text',
      text: name === 'form' ? fault : `${name}: ${fault}`,
    })),
  };
}
