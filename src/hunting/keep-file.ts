import { createHash, randomUUID } from 'node:crypto';
import type { ReplyFile } from '../chat/reply';
import type { PersonRef } from '../domain/ids';
import { fileKey, type StoredFile } from '../domain/stored-file';
import type { Clock } from '../ports/clock';
import type { Links } from '../ports/links';
import type { Stores } from '../ports/stores';

/** Bytes per row: a page stays far below what a document may have. */
const pieceBytes = 192 * 1024;

export interface KeepDeps {
  stores: Pick<Stores, 'files' | 'results'>;
  clock: Clock;
  links: Links;
}

export interface NewFile {
  name: string;
  mime: string;
  bytes: Uint8Array;
}

/** Keeps a file's bytes, so that a signed link can serve them. */
export async function keepFile(
  deps: KeepDeps,
  file: NewFile,
  by: PersonRef,
  kind: StoredFile['kind'] = 'made',
): Promise<{ stored: StoredFile; file: ReplyFile }> {
  const id = randomUUID();
  const bytes = Buffer.from(file.bytes);
  for (let at = 0, page = 0; at < bytes.length; at += pieceBytes, page += 1)
    await deps.stores.results.put(fileKey(id), page, [[bytes.subarray(at, at + pieceBytes).toString('base64')]]);
  const stored = await deps.stores.files.insert({
    id,
    name: file.name,
    mime: file.mime,
    size: bytes.length,
    hash: createHash('sha256').update(bytes).digest('hex'),
    createdBy: by,
    createdAt: deps.clock.now(),
    kind,
  });
  return { stored, file: { ...file, url: deps.links.file(id) } };
}

/** The bytes of a kept file, piece by piece. */
export async function* fileBytes(results: Stores['results'], id: string): AsyncGenerator<Buffer> {
  for await (const rows of results.read(fileKey(id)))
    for (const [cell] of rows) if (typeof cell === 'string') yield Buffer.from(cell, 'base64');
}
