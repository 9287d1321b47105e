import type { Card } from '../chat/card';
import type { UserError } from '../errors';
import { oneLine } from './one-line';

export function errorCard(error: UserError): Card {
  const { title, blocks } = oneLine(error.message, 'That did not work');
  return {
    title,
    tone: 'warning',
    blocks: [...blocks, ...(error.advice ? [{ type: 'note' as const, text: error.advice }] : [])],
  };
}

/** What a fault of our own shows: a reference that stands in the log too, and nothing else. */
export function faultCard(reference: string): Card {
  return {
    title: 'Something went wrong on Talbot’s side',
    tone: 'danger',
    blocks: [
      { type: 'text', text: 'What you sent was not lost; trying again may help.' },
      { type: 'note', text: `Reference ${reference}: an administrator finds the story under it in the log.` },
    ],
  };
}
