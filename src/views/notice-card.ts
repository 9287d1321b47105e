import type { Button, Card, Tone } from '../chat/card';
import { oneLine } from './one-line';

/** One line that says what happened and who did it, with at most a few buttons. */
export function noticeCard(text: string, buttons: Button[] = [], tone: Tone = 'good'): Card {
  const { title, blocks } = oneLine(text, 'Done');
  return { title, tone, blocks: [...blocks, ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : [])] };
}

/** Asked before something is taken away by typed words; a pressed button asks by itself. */
export function confirmCard(question: string, consequence: string, yes: Button): Card {
  return {
    title: question,
    tone: 'warning',
    blocks: [
      { type: 'note', text: consequence },
      { type: 'actions', buttons: [{ ...yes, style: 'danger' }] },
    ],
  };
}
