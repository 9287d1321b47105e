import type { Card } from './card';
import type { Form } from './form';

/** What dispatch answers to one Inbound; the adapter puts it where its kind belongs. */
export type Reply =
  /** `everyone`: in the thread. `asker`: only the person sees it (Slack ephemeral; on Teams, where a personal chat has one reader, an ordinary post). */
  | { kind: 'card'; card: Card; to: 'everyone' | 'asker' }
  /** Takes the place of the card that was pressed; where nothing was pressed, it is posted to everyone. */
  | { kind: 'replace'; card: Card }
  | { kind: 'form'; form: Form }
  /** Shown beside the fields of the form that was submitted; `form` is the field of faults that belong to none. */
  | { kind: 'field-errors'; errors: Record<string, string> }
  /** A quiet sign on the message: the comment was kept, changed, or withdrawn. */
  | { kind: 'sign'; sign: Sign; messageId: string }
  | { kind: 'file'; file: ReplyFile; card: Card }
  | { kind: 'nothing' };

export type Sign = 'kept' | 'changed' | 'withdrawn';

export interface ReplyFile {
  name: string;
  mime: string;
  bytes: Uint8Array;
  /** Signed link to the same bytes, for platforms that take no upload. */
  url: string;
}
