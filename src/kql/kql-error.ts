import type { QueryErrorCode } from '../ports/query-engine';

/** A refusal of the compiler. `start` is the character offset in the query; the compiler's edge turns it into line and column. */
export class KqlError extends Error {
  constructor(
    readonly code: QueryErrorCode,
    message: string,
    readonly start: number,
    readonly length = 1,
    /** The table or function that is not there, where that is all that is wrong: a fuzzy union goes on without it. */
    readonly missing?: string,
  ) {
    super(message);
    this.name = 'KqlError';
  }
}
