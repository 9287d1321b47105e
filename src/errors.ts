export type UserErrorCode =
  | 'not-found'
  | 'not-allowed'
  | 'bad-input'
  | 'unknown-command'
  | 'conflict'
  | 'needs-hunt'
  | 'query-failed'
  | 'too-large'
  | 'unavailable';

/** A fault that a person can act on: `message` says what is wrong, `advice` what to do. Everything else becomes a reference id. */
export class UserError extends Error {
  constructor(
    readonly code: UserErrorCode,
    message: string,
    readonly advice?: string,
    /** Faults by field name, shown in the form that was submitted. */
    readonly fields?: Record<string, string>,
  ) {
    super(message);
    this.name = 'UserError';
  }
}

/** Someone else wrote first: read again, decide again. Thrown by stores only. */
export class ConflictError extends Error {
  constructor(what: string) {
    super(`${what} was changed meanwhile`);
    this.name = 'ConflictError';
  }
}
