import { renewSession, tab } from './api.js';
import type { WireEvent } from './wire';

export interface LiveHandlers {
  event(event: WireEvent): void;
  connection(state: 'open' | 'lost'): void;
}

export interface Live {
  close(): void;
}

/** The server's events for one person. Goes on from the last one seen after every interruption, a restart of Talbot included. */
export function openLive(person: string, handlers: LiveHandlers): Live {
  let source: EventSource | null = null;
  let last: string | undefined;
  let waiting = 0;
  let pause = 500;
  let closed = false;

  function connect(): void {
    const query = new URLSearchParams({ as: person, tab, ...(last !== undefined && { after: last }) });
    source = new EventSource(`/chat/events?${query}`);
    source.addEventListener('ready', (event) => {
      last = event.lastEventId;
      pause = 500;
      handlers.connection('open');
    });
    source.addEventListener('message', (event) => {
      last = event.lastEventId;
      handlers.event(JSON.parse(event.data));
    });
    source.addEventListener('error', () => {
      handlers.connection('lost');
      source?.close();
      waiting = window.setTimeout(again, pause);
      pause = Math.min(pause * 2, 8000);
    });
  }

  async function again(): Promise<void> {
    // Where Talbot is not back yet this fails, and so does the next connection, which waits longer.
    await renewSession().catch(() => undefined);
    if (!closed) connect();
  }

  function backOnline(): void {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(waiting);
    void again();
  }

  window.addEventListener('online', backOnline);
  connect();

  return {
    close() {
      closed = true;
      window.removeEventListener('online', backOnline);
      clearTimeout(waiting);
      source?.close();
    },
  };
}
