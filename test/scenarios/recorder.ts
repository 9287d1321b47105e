import type { Card } from '../../src/chat/card';
import type { Form } from '../../src/chat/form';
import type { Inbound } from '../../src/chat/inbound';
import type { Reply } from '../../src/chat/reply';
import type { Accepted, Dispatcher } from '../../src/commands/dispatcher';
import type { ChatPlatform } from '../../src/ports/chat-platform';

/** One thing that Talbot said, with no platform in it. */
export type Said = { line: string; reply: Reply } | { line: string; posted: Card };

export interface Recorder {
  /** Answers and posts in order; edits change `cards` only. */
  readonly said: Said[];
  readonly heard: Inbound[];
  /** Every message that operations and jobs posted, as it is now. */
  readonly cards: { id: string; card: Card }[];
  lastForm(): Form;
  watchChat(chat: ChatPlatform): ChatPlatform;
  watchDispatcher(dispatcher: Dispatcher): Dispatcher;
}

/** Writes down the neutral cards at the two places where they leave the core: the dispatcher's answers and the chat port. */
export function createRecorder(): Recorder {
  const said: Said[] = [];
  const heard: Inbound[] = [];
  const cards: Recorder['cards'] = [];
  let form: Form | undefined;

  function keep(reply: Reply): Reply {
    if (reply.kind === 'form') form = reply.form;
    if (reply.kind !== 'nothing') said.push({ line: lineOf(reply), reply });
    return reply;
  }

  return {
    said,
    heard,
    cards,
    lastForm() {
      if (form === undefined) throw new Error('no form was opened');
      return form;
    },
    watchChat: (chat) => ({
      ...chat,
      async post(thread, card, key) {
        const message = await chat.post(thread, card, key);
        cards.push({ id: message.id, card });
        said.push({ line: `posted: ${card.title}`, posted: card });
        return message;
      },
      async update(message, card) {
        await chat.update(message, card);
        const known = cards.find((one) => one.id === message.id);
        if (known) known.card = card;
      },
    }),
    watchDispatcher: (dispatcher) => ({
      ...dispatcher,
      async accept(inbound) {
        heard.push(inbound);
        const accepted = await dispatcher.accept(inbound);
        return accepted.state === 'settled'
          ? ({ state: 'settled', reply: keep(accepted.reply) } satisfies Accepted)
          : { state: 'ready', run: async () => keep(await accepted.run()) };
      },
      async dispatch(inbound) {
        heard.push(inbound);
        return keep(await dispatcher.dispatch(inbound));
      },
    }),
  };
}

function lineOf(reply: Reply): string {
  switch (reply.kind) {
    case 'card':
      return `${reply.to === 'asker' ? 'told' : 'card'}: ${reply.card.title}`;
    case 'replace':
      return `replaced: ${reply.card.title}`;
    case 'form':
      return `form: ${reply.form.title}`;
    case 'field-errors':
      return `errors: ${Object.keys(reply.errors).sort().join(', ')}`;
    case 'sign':
      return `sign: ${reply.sign}`;
    case 'file':
      return `file: ${reply.file.name}`;
    case 'nothing':
      return 'nothing';
    default:
      return reply satisfies never;
  }
}
