import type { Form } from '../../src/chat/form';
import type { Reply } from '../../src/chat/reply';
import type { ThreadRef } from '../../src/chat/thread-ref';
import type { EventStream } from './event-stream';
import type { LocalMessage, MessageLog } from './message-log';
import { messageView } from './message-view';
import type { WireForm, WireOutcome } from './page/wire';
import type { Sender } from './payloads';
import { type LocalPlatform, refOf } from './platform';
import { renderForm } from './render-form';

export interface ReplyPlace {
  sender: Sender;
  thread: ThreadRef;
  /** The card whose button, select or form this answers. */
  pressed?: LocalMessage;
  /** The page waits for the outcome; else a form reaches it by an event. */
  awaited: boolean;
}

export interface ReplyPlacerParts {
  messages: MessageLog;
  platform: LocalPlatform;
  events: EventStream;
}

/** Puts each kind of Reply where it belongs on the page. */
export function createReplyPlacer({ messages, platform, events }: ReplyPlacerParts) {
  async function posted(id: string, sender: Sender): Promise<WireOutcome> {
    const message = await messages.get(id);
    const view = message === null ? null : messageView(message, sender.as);
    return view === null ? { kind: 'done' } : { kind: 'posted', message: view };
  }

  /** The tab that asked may have been closed meanwhile: then a button keeps the form within reach. */
  async function formLater(form: Form, { sender, thread }: ReplyPlace): Promise<WireOutcome> {
    if (events.isOpen(sender.tab)) {
      const { channel, root } = thread;
      const event = { kind: 'form', form: wireForm(form), channel, ...(root !== undefined && { root }) } as const;
      events.publish((_, tab) => (tab === sender.tab ? event : null));
      return { kind: 'done' };
    }
    const { command, args, title, intro } = form;
    await platform.postFor(
      thread,
      {
        title,
        blocks: [
          { type: 'text', text: intro ?? 'Something is still missing. Open the form to fill it in.' },
          { type: 'actions', buttons: [{ label: 'Open the form', command, args, opens: 'form', style: 'primary' }] },
        ],
      },
      sender.as,
    );
    return { kind: 'done' };
  }

  return async function place(reply: Reply, where: ReplyPlace): Promise<WireOutcome> {
    const { sender, thread, pressed, awaited } = where;
    switch (reply.kind) {
      case 'card': {
        if (reply.to === 'everyone') return posted((await platform.post(thread, reply.card)).id, sender);
        return posted((await platform.postFor(thread, reply.card, sender.as)).id, sender);
      }
      case 'replace': {
        if (pressed === undefined) return posted((await platform.post(thread, reply.card)).id, sender);
        await platform.update(refOf(pressed), reply.card);
        return { kind: 'done' };
      }
      case 'form':
        return awaited ? { kind: 'form', form: wireForm(reply.form) } : formLater(reply.form, where);
      case 'field-errors':
        return { kind: 'field-errors', errors: reply.errors };
      case 'sign':
        await platform.sign({ thread, id: reply.messageId }, reply.sign);
        return { kind: 'done' };
      case 'file':
        return posted((await platform.postFile(thread, reply.file, reply.card)).id, sender);
      case 'nothing':
        return { kind: 'done' };
      default:
        return reply satisfies never;
    }
  };
}

function wireForm(form: Form): WireForm {
  return { command: form.command, args: form.args, html: renderForm(form) };
}
