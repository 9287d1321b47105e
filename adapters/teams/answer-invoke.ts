import type { Card } from '../../src/chat/card';
import type { Reply } from '../../src/chat/reply';
import type { AdaptiveCard } from './adaptive-card';
import { type AnswerDeps, type Asked, answerInThread, errorsCard, formAgain, messageOf, pressedOf } from './answer';
import { cardAttachment } from './platform';
import type { Via } from './receive';
import { cardToAdaptiveCard } from './render-card';
import { formToAdaptiveCard } from './render-form';
import { inertText } from './text';

/** The answer to an invoke: the body of its HTTP response (none closes a dialog), and what is done in the conversation once it has left. */
export interface InvokeAnswer {
  body?: object;
  after?: () => Promise<void>;
}

/** `shown` is the message that holds the pressed button: a form drawn as a card is such a message too. */
interface AskedByInvoke extends Asked {
  via: Exclude<Via, 'message'>;
  shown?: string | undefined;
}

export function answerInvoke(deps: AnswerDeps, asked: AskedByInvoke, reply: Reply): InvokeAnswer {
  if (asked.via === 'execute') return answerExecute(deps, asked, reply);
  return answerDialog(deps, asked, reply);
}

/** Answers in words name nothing that anybody typed: it is not told how clients read them. */
const BELOW = 'Done: see the conversation.';

/** Said when the work takes longer than Teams waits; the outcome follows in the conversation. */
export function workingAnswer(via: AskedByInvoke['via']): InvokeAnswer {
  const words = 'Working on it: the answer follows in the conversation.';
  return { body: via === 'execute' ? executeMessage(words) : dialogMessage(words) };
}

/**
 * The card in the response is seen by whoever pressed; everybody else sees it by an edit of the message, so both are done
 * (universal actions for Adaptive Cards: up-to-date views).
 */
function answerExecute(deps: AnswerDeps, asked: AskedByInvoke, reply: Reply): InvokeAnswer {
  const { inbound } = asked;
  const inThread = () => answerInThread(deps, asked, reply);
  const shown = asked.shown === undefined ? undefined : { thread: inbound.thread, id: asked.shown };
  if (inbound.kind === 'form' && shown !== undefined) {
    switch (reply.kind) {
      case 'field-errors': {
        const again = formAgain(asked, reply.errors, 'message');
        if (again !== undefined) return { body: executeCard(again.card) };
        break;
      }
      case 'form':
        return {
          body: executeCard(
            formToAdaptiveCard(reply.form, { in: 'message', asker: inbound.actor, ...pressedOf(asked) }),
          ),
        };
      case 'card':
        return replaced(deps, shown, reply.card);
      case 'replace':
        if (messageOf(inbound) === undefined) return replaced(deps, shown, reply.card);
        return both(replaced(deps, shown, doneCard(asked, reply.card)), inThread);
      default:
        return both(replaced(deps, shown, doneCard(asked)), inThread);
    }
  }
  switch (reply.kind) {
    case 'replace':
      return { body: executeCard(deps.draw(reply.card)), after: inThread };
    case 'card':
      return { body: executeMessage(BELOW), after: inThread };
    case 'form':
      return { body: executeMessage(BELOW), after: inThread };
    default:
      return { body: executeMessage('Done.'), after: inThread };
  }
}

function answerDialog(deps: AnswerDeps, asked: AskedByInvoke, reply: Reply): InvokeAnswer {
  const inThread = () => answerInThread(deps, asked, reply);
  switch (reply.kind) {
    case 'form': {
      const card = formToAdaptiveCard(reply.form, { in: 'dialog', asker: asked.inbound.actor, ...pressedOf(asked) });
      return { body: dialogCard(reply.form.title, card) };
    }
    case 'field-errors': {
      const again = formAgain(asked, reply.errors, 'dialog');
      if (again !== undefined) return { body: dialogCard(again.title, again.card) };
      const card = errorsCard(reply.errors);
      return { body: dialogCard(card.title, cardToAdaptiveCard(card, 'dialog')) };
    }
    case 'card':
      if (reply.to === 'asker') return { body: dialogCard(reply.card.title, cardToAdaptiveCard(reply.card, 'dialog')) };
      return closed(asked, BELOW, inThread);
    case 'replace':
    case 'file':
      return closed(asked, BELOW, inThread);
    default:
      return closed(asked, 'Done.', inThread);
  }
}

/** A dialog that was only asked for must say something; one that was submitted closes without a word. */
function closed(asked: AskedByInvoke, words: string, after: () => Promise<void>): InvokeAnswer {
  return asked.via === 'dialog-open' ? { body: dialogMessage(words), after } : { after };
}

function replaced(
  { platform, draw }: AnswerDeps,
  shown: { thread: Asked['inbound']['thread']; id: string },
  card: Card,
): InvokeAnswer {
  return { body: executeCard(draw(card)), after: () => platform.update(shown, card) };
}

function both(answer: InvokeAnswer, more: () => Promise<void>): InvokeAnswer {
  return {
    ...answer,
    after: async () => {
      await more();
      await answer.after?.();
    },
  };
}

/** What stays of a form whose outcome is shown elsewhere. */
function doneCard({ carried }: Asked, outcome?: Card): Card {
  const title = carried?.do === 'submit' ? carried.form.title : 'Form';
  return { title, blocks: [{ type: 'note', text: outcome === undefined ? '✓ sent' : `✓ ${outcome.title}` }] };
}

function executeCard(value: AdaptiveCard): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
}

function executeMessage(text: string): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

function dialogCard(title: string, card: AdaptiveCard): object {
  const value = { title: inertText(title), height: 'large', width: 'medium', card: cardAttachment(card) };
  return { task: { type: 'continue', value } };
}

function dialogMessage(text: string): object {
  return { task: { type: 'message', value: text } };
}
