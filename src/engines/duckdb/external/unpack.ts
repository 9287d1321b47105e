import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { Unzip, UnzipInflate } from 'fflate';
import { QueryError } from '../../../ports/query-engine';
import { mostBytes } from './download-file';
import { shownUrl } from './shown-url';

/** A piece of text, or the beginning of another file of the same archive. */
export type TextPart = { text: string } | 'next-file';

/**
 * The text of a fetched file, piece by piece: gzip and zip are told by their first bytes and unpacked, every member of a
 * zip in its order. UTF-8, or UTF-16 with a byte order mark. Throws `limit` past 200 MB unpacked.
 */
export async function* unpackText(file: string, url: string): AsyncGenerator<TextPart> {
  let bytes = 0;
  let decoder: TextDecoder | undefined;
  for await (const part of unpackBytes(file, url)) {
    if (part === 'next-file') {
      if (decoder) yield { text: decoder.decode() };
      decoder = undefined;
      yield part;
      continue;
    }
    bytes += part.length;
    if (bytes > mostBytes)
      throw new QueryError('limit', `${shownUrl(url)} is larger than ${mostBytes / 2 ** 20} MB once it is unpacked`);
    decoder ??= decoderOf(part);
    const text = decoder.decode(part, { stream: true });
    if (text !== '') yield { text };
  }
  if (decoder) yield { text: decoder.decode() };
}

function decoderOf(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}

type BytesPart = Uint8Array | 'next-file';

async function* unpackBytes(file: string, url: string): AsyncGenerator<BytesPart> {
  const head = await firstBytes(file);
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 0x03 || head[2] === 0x05)) {
    yield* unzip(file, url);
    return;
  }
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  const bytes = head[0] === 0x1f && head[1] === 0x8b ? source.pipe(createGunzip({ chunkSize: 1 << 18 })) : source;
  source.once('error', (error) => bytes.destroy(error));
  try {
    for await (const chunk of bytes) yield chunk;
  } catch (error) {
    throw broken(url, error);
  } finally {
    source.destroy();
  }
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function* unzip(file: string, url: string): AsyncGenerator<BytesPart> {
  const ready: BytesPart[] = [];
  let fault: Error | undefined;
  let members = 0;
  let unpacked = 0;
  const archive = new Unzip((member) => {
    if (member.name.endsWith('/')) return;
    if (members++ > 0) ready.push('next-file');
    member.ondata = (error, chunk) => {
      if (error) fault ??= error;
      else if (chunk.length > 0) {
        unpacked += chunk.length;
        if (unpacked > mostBytes) member.terminate();
        ready.push(chunk);
      }
    };
    member.start();
  });
  archive.register(UnzipInflate);
  try {
    // Small pieces: what one of them unpacks to lies in memory at once.
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 14 })) {
      archive.push(chunk);
      if (fault) throw fault;
      yield* ready.splice(0);
    }
    archive.push(new Uint8Array(0), true);
  } catch (error) {
    throw broken(url, error);
  }
  if (fault) throw broken(url, fault);
  yield* ready.splice(0);
}

function broken(url: string, error: unknown): QueryError {
  const message = error instanceof Error ? error.message : String(error);
  return new QueryError('refused', `${shownUrl(url)} cannot be unpacked: ${message}`);
}
