/** A request that the page's API turns down: the status, and words for whoever reads the answer. */
export class RequestError extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 409 | 413 | 503,
    readonly code: 'bad-request' | 'forbidden' | 'stale-session' | 'not-found' | 'not-yours' | 'too-large' | 'stopping',
    message: string,
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

/** What Express's parts throw carries a status; anything else is a fault of our own. */
export function requestErrorFrom(error: unknown): RequestError | null {
  if (error instanceof RequestError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return new RequestError(413, 'too-large', 'That is more than one message can hold.');
  if (status === 404 || status === 403) return new RequestError(404, 'not-found', 'There is no such file.');
  if (status === 400 || status === 415) return new RequestError(400, 'bad-request', 'The request could not be read.');
  return null;
}
