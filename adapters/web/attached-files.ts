import { randomUUID } from 'node:crypto';
import type { InboundFile } from '../../src/chat/inbound';
import { ChatError } from '../../src/ports/chat-platform';
import { RequestError } from './errors';
import { attachedBytes, attachedFiles } from './limits';

interface Attached {
  person: string;
  name: string;
  bytes: Uint8Array;
}

/** Files that were dropped on the page, in memory until the message they belong to has been answered. */
export interface AttachedFiles {
  /** Keeps a file of one person; throws RequestError where too much waits already. */
  keep(file: Attached): { file: string; name: string; size: number };
  /** What the person attached, for an Inbound; throws RequestError where it is none of theirs, or gone. */
  find(person: string, file: string): InboundFile;
  download(file: InboundFile, mostBytes: number): Promise<Uint8Array>;
}

export function createAttachedFiles(): AttachedFiles {
  const kept = new Map<string, Attached>();
  return {
    keep(file) {
      // The oldest give way: a file whose message was never sent would stay for ever.
      while (kept.size >= attachedFiles) kept.delete(kept.keys().next().value ?? '');
      if (file.bytes.byteLength > attachedBytes) throw new RequestError(413, 'too-large', 'A file has at most 32 MB.');
      const id = randomUUID();
      kept.set(id, file);
      return { file: id, name: file.name, size: file.bytes.byteLength };
    },
    find(person, file) {
      const known = kept.get(file);
      if (known?.person !== person) throw new RequestError(404, 'not-found', 'That file is gone: attach it again.');
      return { name: known.name, size: known.bytes.byteLength, handle: file };
    },
    async download({ handle }, mostBytes) {
      const known = kept.get(handle);
      if (!known || known.bytes.byteLength === 0) throw new ChatError('gone', 'it is no longer kept');
      if (known.bytes.byteLength > mostBytes) throw new ChatError('rejected', 'it is too large');
      // Its name stays: the message may be sent again after a lost answer.
      kept.set(handle, { ...known, bytes: new Uint8Array(0) });
      return known.bytes;
    },
  };
}
