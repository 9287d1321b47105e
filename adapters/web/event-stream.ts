import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { heartbeatMs, keptEvents, streamBacklog } from './limits';
import type { WireEvent } from './page/wire';

/** What one reader gets to see of an event; null where it is not meant for them. */
type EventView = (person: string, tab: string) => WireEvent | null;

export interface EventStream {
  publish(view: EventView): void;
  /** Server-Sent Events until the reader leaves; with `after` the events since then, or `resync` where too many were missed. */
  open(response: Response, reader: { person: string; tab: string; after: string | undefined }): void;
  isOpen(tab: string): boolean;
  close(): void;
}

interface Reader {
  person: string;
  tab: string;
  response: Response;
}

/** Event ids are `<start>-<number>`: those of an earlier start are recognised as such. */
export function createEventStream(): EventStream {
  const start = randomBytes(6).toString('hex');
  const readers = new Set<Reader>();
  const kept: { number: number; view: EventView }[] = [];
  let last = 0;

  const heartbeat = setInterval(() => {
    for (const reader of readers) write(reader, ': still here\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  function write(reader: Reader, text: string): void {
    if (reader.response.writableLength > streamBacklog) {
      readers.delete(reader);
      reader.response.destroy();
      return;
    }
    reader.response.write(text);
  }

  function send(reader: Reader, number: number, view: EventView): void {
    const event = view(reader.person, reader.tab);
    if (event !== null) write(reader, `id: ${start}-${number}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  function missedBy(after: string): { number: number; view: EventView }[] | null {
    const [from, number] = [after.slice(0, start.length), Number(after.slice(start.length + 1))];
    if (from !== start || !Number.isSafeInteger(number) || number > last) return null;
    const missed = kept.filter((event) => event.number > number);
    return missed.length === last - number ? missed : null;
  }

  return {
    publish(view) {
      last += 1;
      kept.push({ number: last, view });
      if (kept.length > keptEvents) kept.shift();
      for (const reader of readers) send(reader, last, view);
    },

    open(response, { person, tab, after }) {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      const reader = { person, tab, response };
      response.on('close', () => readers.delete(reader));
      // An event without data still moves the reader's Last-Event-ID to where it stands now.
      write(reader, `retry: 1500\nid: ${start}-${last}\nevent: ready\ndata: {}\n\n`);
      const missed = after === undefined ? [] : missedBy(after);
      if (missed === null) write(reader, `data: ${JSON.stringify({ kind: 'resync' } satisfies WireEvent)}\n\n`);
      for (const { number, view } of missed ?? []) send(reader, number, view);
      readers.add(reader);
    },

    isOpen: (tab) => [...readers].some((reader) => reader.tab === tab),

    close() {
      clearInterval(heartbeat);
      for (const { response } of readers) response.end();
      readers.clear();
    },
  };
}
