import type { Card, Tone } from '../../src/chat/card';
import type { Form } from '../../src/chat/form';
import type { Actor, Inbound } from '../../src/chat/inbound';
import { cardToText } from '../../src/chat/plain-text';
import type { Reply } from '../../src/chat/reply';
import type { Accepted, Dispatcher } from '../../src/commands/dispatcher';
import type { ChatPlatform } from '../../src/ports/chat-platform';

/** Longest line that is printed whole: a table with many columns goes on past the window. */
const lineLength = 150;

export interface Transcript {
  heading(text: string): void;
  /** What a person types or does. */
  person(name: string, does: string): void;
  /** The next card, posted or told after the one asked for before, whose title is like this. Rejects after a minute. */
  card(title: RegExp): Promise<Card>;
  watchChat(chat: ChatPlatform): ChatPlatform;
  watchDispatcher(dispatcher: Dispatcher): Dispatcher;
}

/** Prints who said what, as the neutral cards leave the core: answers at the dispatcher, posts and edits at the chat port. */
export function createTranscript(write: (line: string) => void): Transcript {
  const cards: Card[] = [];
  let next = 0;
  const waiting = new Set<() => void>();

  function show(who: string, card: Card): void {
    cards.push(card);
    const lines = cardToText(card).split('\n');
    write(`  ${who}${signs[card.tone ?? 'neutral']}`);
    for (const line of lines) write(`    │ ${line.length > lineLength ? `${line.slice(0, lineLength - 1)}…` : line}`);
    for (const look of waiting) look();
  }

  function reply(to: Actor, answer: Reply): Reply {
    switch (answer.kind) {
      case 'card':
        show(answer.to === 'asker' ? `Talbot, to ${to.name} alone` : 'Talbot', answer.card);
        break;
      case 'replace':
        show('Talbot, in place of the pressed card', answer.card);
        break;
      case 'file':
        show(`Talbot, with the file ${answer.file.name} (${answer.file.bytes.length} bytes)`, answer.card);
        break;
      case 'form':
        write(`  Talbot opens a form “${answer.form.title}”: ${fieldsOf(answer.form)}`);
        break;
      case 'field-errors':
        write(`  Talbot, beside the fields: ${Object.values(answer.errors).join(' ')}`);
        break;
      case 'sign':
        write(`  Talbot puts its quiet sign on the message: ${answer.sign}`);
        break;
      case 'nothing':
        break;
      default:
        answer satisfies never;
    }
    return answer;
  }

  return {
    heading: (text) => write(`\n━━ ${text} ${'━'.repeat(Math.max(3, 76 - text.length))}`),
    person: (name, does) => write(`\n${name} ${does}`),
    card(title) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`Nothing came that is like ${title}`)), 60_000);
        function look(): void {
          const at = cards.findIndex((card, index) => index >= next && title.test(card.title));
          const found = cards[at];
          if (found === undefined) return;
          next = at + 1;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        }
        waiting.add(look);
        look();
      });
    },
    watchChat: (chat) => ({
      ...chat,
      async post(thread, card, key) {
        const message = await chat.post(thread, card, key);
        show(`Talbot, ${thread.root === undefined ? 'in the channel' : 'in the thread'}`, card);
        return message;
      },
      async update(message, card) {
        await chat.update(message, card);
        write(`  Talbot edits a card: ${card.title}`);
      },
    }),
    watchDispatcher: (dispatcher) => ({
      ...dispatcher,
      async accept(inbound: Inbound): Promise<Accepted> {
        const accepted = await dispatcher.accept(inbound);
        if (accepted.state === 'settled') return { state: 'settled', reply: reply(inbound.actor, accepted.reply) };
        return { state: 'ready', run: async () => reply(inbound.actor, await accepted.run()) };
      },
      dispatch: async (inbound) => reply(inbound.actor, await dispatcher.dispatch(inbound)),
    }),
  };
}

const signs: Record<Tone, string> = { neutral: '', good: '  ✓', warning: '  !', danger: '  !!', progress: '  …' };

function fieldsOf(form: Form): string {
  return form.fields
    .map(({ label, value }) => (value === undefined || value.length === 0 ? label : `${label} = ${value}`))
    .join(', ');
}
