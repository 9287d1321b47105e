import type {
  Cell,
  Column,
  ProvidedContent,
  QueryErrorCode,
  QueryRequest,
  QuerySummary,
} from '../../../ports/query-engine';
import type { Downloaded } from '../external/downloads';
import type { LoadProblem } from '../load/load-problem';
import type { LoadProgress } from '../load/update-cache';

/** What the engine works on: a folder of logs, or empty tables of given columns that queries are only checked against. */
export type HostSource =
  | { kind: 'logs'; folder: string; cacheFolder: string; spareCacheFolder?: string; watchlists?: string }
  | { kind: 'schema'; tables: { name: string; columns: Column[] }[] };

export interface HostOptions {
  source: HostSource;
  memoryLimit: string;
  threads: number;
  temporaryFolder: string;
  /** Hosts that `externaldata` may read from; the host process asks this one to fetch. */
  externalHosts: string[];
  /** A MaxMind database of places, as an absolute path. */
  geoDatabase?: string;
}

/** Times travel as ticks: the host has no clock of its own. */
export interface HostQuery {
  text: string;
  now: bigint;
  range?: { from: bigint; to: bigint };
  limits: QueryRequest['limits'];
}

export interface HostTable {
  name: string;
  columns: Column[];
  rows: number;
  first?: bigint;
  last?: bigint;
}

export type ToHost =
  | { kind: 'open'; options: HostOptions }
  /** What comes later sees it. */
  | { kind: 'provide'; id: number; content: ProvidedContent }
  | { kind: 'run'; id: number; query: HostQuery }
  | { kind: 'count'; id: number; query: HostQuery }
  | { kind: 'check'; id: number; query: Pick<HostQuery, 'text' | 'now'> }
  | { kind: 'explain'; id: number; query: Pick<HostQuery, 'text' | 'now' | 'range'> }
  | { kind: 'tables'; id: number }
  | { kind: 'problems'; id: number }
  /** The page was taken in: the next may come. */
  | { kind: 'next'; id: number }
  /** What was asked for by `fetch`. */
  | { kind: 'fetched'; id: number; downloaded: Downloaded }
  | { kind: 'cancel'; id: number };

export interface HostError {
  code: QueryErrorCode;
  message: string;
  line?: number;
  column?: number;
  missing?: string;
}

export type Answer =
  | { of: 'run'; summary: QuerySummary }
  | { of: 'provide' }
  | { of: 'count'; rows: number }
  | { of: 'check'; columns: Column[]; notes: string[] }
  | { of: 'explain'; sql: string }
  | { of: 'tables'; tables: HostTable[] }
  | { of: 'problems'; problems: LoadProblem[] };

export type FromHost =
  | { kind: 'opened' }
  | { kind: 'not-opened'; message: string; busy: boolean }
  | { kind: 'progress'; progress: LoadProgress }
  /** A file is wanted, under a number that no other file gets. */
  | { kind: 'fetch'; id: number; url: string }
  /** The file of this number is not needed any more. */
  | { kind: 'end-fetch'; id: number }
  | { kind: 'page'; id: number; columns: Column[]; rows: Cell[][] }
  | { kind: 'answer'; id: number; answer: Answer }
  | { kind: 'failed'; id: number; error: HostError };
