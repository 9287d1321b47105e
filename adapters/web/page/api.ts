import { timeZone } from './times.js';
import type { WireError, WireMessage, WireOutcome, WirePage, WireState } from './wire';

export type FieldValues = Record<string, string | string[]>;

/** A refusal of the server; `code` is `offline` where it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** This tab, for forms that open where they were asked for. */
export const tab = crypto.randomUUID();

/** One wish of the person: sent again after a lost answer, it is carried out once. */
export function newWish(): string {
  return crypto.randomUUID();
}

export interface Place {
  channel: string;
  root?: string | undefined;
}

async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch {
    throw new ApiError('offline', 'Talbot cannot be reached. Is it still running?');
  }
}

/** The page's cookie is new at each start of Talbot: opening the page again gives it. */
export async function renewSession(): Promise<void> {
  await request('/', { cache: 'no-store' });
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await request(path, init);
    if (response.ok) return response.json();
    const fault: WireError = await response.json().catch(() => ({ code: 'internal', message: 'Something broke.' }));
    if (fault.code !== 'stale-session' || attempt > 1) throw new ApiError(fault.code, fault.message);
    await renewSession();
  }
}

function get<T>(path: string, query: Record<string, string | number | undefined>): Promise<T> {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return call(`/chat/${path}?${new URLSearchParams(pairs)}`, {});
}

function post<T>(path: string, as: string, body: object): Promise<T> {
  return call(`/chat/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ as, tab, timeZone, ...body }),
  });
}

export const api = {
  state: (as: string) => get<WireState>('state', { as }),
  messages: (as: string, place: Place, before?: number) => get<WirePage>('messages', { as, ...place, before }),
  send: (as: string, body: Place & { text: string; once: string; file?: string | undefined }) =>
    post<WireMessage>('messages', as, body),
  upload: (as: string, file: File) =>
    call<{ file: string; name: string; size: number }>(`/chat/files?${new URLSearchParams({ as, name: file.name })}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    }),
  edit: (as: string, body: { id: string; text: string; once: string }) => post<WireMessage>('messages/edit', as, body),
  remove: (as: string, body: { id: string; once: string }) => post<object>('messages/delete', as, body),
  press: (
    as: string,
    body: { message: string; command: string; args: FieldValues; values: FieldValues; once: string },
  ) => post<WireOutcome>('press', as, body),
  submit: (
    as: string,
    body: Place & { message?: string; command: string; args: FieldValues; values: FieldValues; once: string },
  ) => post<WireOutcome>('forms', as, body),
};
