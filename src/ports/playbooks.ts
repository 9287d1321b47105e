import type { Playbook } from '../domain/playbook';

/** What is sent; `Idempotency-Key` and the signature go with it as headers. */
export interface PlaybookCall {
  playbook: string;
  target: { key: string; type: string; title: string; values: { type: string; value: string }[] };
  inputs: Record<string, string>;
  why: string;
  requestedBy: string;
  approvedBy?: string;
  hunts: string[];
  at: string;
}

export type PlaybookAnswer =
  /** It took the call; `message` is what it said, at most 2,000 characters. */
  | { state: 'done'; status: number; message: string }
  /** It refused, and another try would be refused again. */
  | { state: 'refused'; status: number; message: string };

/** The call may have come through or not: the same one with the same key may be sent again. */
export class PlaybookUnreachable extends Error {
  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'PlaybookUnreachable';
  }
}

export interface Playbooks {
  list(): Playbook[];
  /** `body` is a PlaybookCall as JSON; names are unique in the file, keys move with it. Rejects with PlaybookUnreachable. */
  call(name: string, body: string, idempotencyKey: string, signal: AbortSignal): Promise<PlaybookAnswer>;
}
