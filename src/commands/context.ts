import type { CommandSummary } from '../chat/command-summary';
import type { Actor, Inbound, InboundFile } from '../chat/inbound';
import type { MessageRef, ThreadRef } from '../chat/thread-ref';
import type { Hunt } from '../domain/hunt';
import type { PersonRef } from '../domain/ids';
import type { Incident } from '../domain/incident';
import type { Permission } from '../domain/role';
import type { Log } from '../log';
import type { ChatPlatforms } from '../ports/chat-platform';
import type { Clock } from '../ports/clock';
import type { JobQueue } from '../ports/job-queue';
import type { Links } from '../ports/links';
import type { Pictures } from '../ports/pictures';
import type { Playbooks } from '../ports/playbooks';
import type { QueryEngine } from '../ports/query-engine';
import type { Stores } from '../ports/stores';
import type { TableFiles } from '../ports/table-files';

/** What every operation may reach. */
export interface Services {
  stores: Stores;
  queue: JobQueue;
  /** By name; the first is the default. */
  engines: ReadonlyMap<string, QueryEngine>;
  chats: ChatPlatforms;
  clock: Clock;
  /** The clock of `now()` in queries: the real one, or the day the installation is set to. */
  queryClock: Clock;
  links: Links;
  pictures: Pictures;
  log: Log;
  limits: { resultRows: number; queryMilliseconds: number };
  /** Absent where no file but text can be made. */
  tableFiles?: TableFiles | undefined;
  /** Declared actions; absent where none are. */
  playbooks?: Playbooks | undefined;
  /** Whether a second person approves the enabling of a rule; `required` where it is left out. */
  ruleApproval?: 'required' | 'none';
  /** Folder on the server that administrators may import content from. */
  contentFolder?: string | undefined;
  /** The STIX bundle that the installation names for `attack load`. */
  attackFile?: string;
}

/** One dispatched command: who, where, and what they may. */
export interface Context extends Services {
  actor: Actor;
  /** The actor as records keep people. */
  person: PersonRef;
  thread: ThreadRef;
  kind: Inbound['kind'];
  /** True for a plain reply that became a comment by itself. */
  plainReply: boolean;
  /** The message that carried the words. */
  messageId?: string;
  /** What was attached to the message. */
  files: InboundFile[];
  /** The card that was pressed, or whose form was submitted. */
  pressed?: MessageRef;
  may(permission: Permission): boolean;
  /** Who a mention, a picker's value or `me` stands for; a UserError where nobody. */
  resolvePerson(token: string): PersonRef;
  /** A UserError where there is no such hunt. */
  hunt(key: string): Promise<Hunt>;
  /** The hunt tied to this thread, if any. */
  threadHunt(): Promise<Hunt | null>;
  /** The incident that has this thread for its own, if any. */
  threadIncident(): Promise<Incident | null>;
  /** Every command the actor may use, for the help. */
  commands(): CommandSummary[];
}
