import { QueryError } from '../../ports/query-engine';
import type { Limiter } from './limiter';
import { limitRequest, orAborted, type RequestLimits } from './request-limits';

/**
 * Waits for a place among the queries of this engine, then does the work within its time, which counts from there. Rejects with
 * QueryError only, at once when the caller gives up, whether the work listens to its signal or not.
 */
export async function runLimited<T>(
  options: { service: string; milliseconds: number; place: Limiter; signal: AbortSignal },
  work: (limits: RequestLimits) => Promise<T>,
): Promise<T> {
  const { service, signal } = options;
  let giveBack: () => void;
  try {
    giveBack = await options.place(signal);
  } catch {
    throw new QueryError('cancelled', 'The query was cancelled');
  }
  const limits = limitRequest(service, options.milliseconds, signal);
  try {
    return await orAborted(work(limits), limits.signal);
  } catch (error) {
    limits.signal.throwIfAborted();
    throw errorToQueryError(service, error);
  } finally {
    limits.end();
    giveBack();
  }
}

const credentialErrors =
  /^(CredentialUnavailable|Authentication|AggregateAuthentication|AuthenticationRequired|KustoAuthentication)Error$/;

/** What the libraries throw, by name and code. */
function errorToQueryError(service: string, error: unknown): QueryError {
  if (error instanceof QueryError) return error;
  const { name, message, code } = describe(error);
  if (credentialErrors.test(name))
    return new QueryError('refused', `Azure gave Talbot no token for ${service}: ${firstLine(message)}`);
  return new QueryError(
    'internal',
    `${service} could not be reached${code ? ` (${code})` : ''}: ${firstLine(message)}`,
  );
}

function describe(error: unknown): { name: string; message: string; code: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error), code: '' };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    name: 'name' in error ? text(error.name) : '',
    message: 'message' in error ? text(error.message) : '',
    code: 'code' in error ? text(error.code) : '',
  };
}

function firstLine(message: string): string {
  const line = message.trim().split('\n')[0] ?? '';
  return line.length > 400 ? `${line.slice(0, 400)}…` : line;
}
