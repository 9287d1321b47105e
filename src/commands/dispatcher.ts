import type { Inbound } from '../chat/inbound';
import type { Reply } from '../chat/reply';
import type { Permission } from '../domain/role';

/**
 * What adapters see of the core. `accept` finds, authorises and parses: quick enough to be awaited before a platform's
 * acknowledgement, and it alone answers with field errors that zod finds. `run` does the work and audits it. Neither ever rejects: every
 * fault is a Reply.
 */
export interface Dispatcher {
  accept(inbound: Inbound): Promise<Accepted>;
  /** Accept and run in one. */
  dispatch(inbound: Inbound): Promise<Reply>;
  /** Every command, in the order of the help. */
  catalogue(): CommandInfo[];
}

export type Accepted = { state: 'settled'; reply: Reply } | { state: 'ready'; run(): Promise<Reply> };

export interface CommandInfo {
  /** One or two words: `run`, `query show`. */
  name: string;
  summary: string;
  /** `run [HUNT] [QUERIES …] [--since 7d]` */
  usage: string;
  permission: Permission;
  /** Flags with what they mean, for completion and help. */
  flags: { name: string; summary: string }[];
  /** Worth a place in a platform's short command menu. */
  prominent: boolean;
}
