import type { QueryErrorCode } from '../ports/query-engine';
import type { Compiled, CompileInput } from './compile-input';
import type { Outcome } from './question';

/** A query for the compiler's thread. Tables and functions only where they changed since the last. */
export type ToWorker = Omit<CompileInput, 'tables'> & Partial<Pick<CompileInput, 'tables'>>;

export type FromWorker =
  | { kind: 'ready' }
  | Outcome<Compiled>
  /** `broken`: the thread is no longer to be trusted. */
  | {
      kind: 'failed';
      code: QueryErrorCode;
      message: string;
      start: number;
      length: number;
      missing?: string;
      broken: boolean;
    };
