import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { LogFile } from './log-files';

/** The beginning of a file as it is without gzip. */
export async function readHead(file: LogFile, bytes: number): Promise<Buffer> {
  if (!file.gzip) {
    const handle = await open(file.absolute);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
  const parts: Buffer[] = [];
  let length = 0;
  const stream = createReadStream(file.absolute).pipe(createGunzip());
  try {
    for await (const part of stream) {
      parts.push(part);
      length += part.length;
      if (length >= bytes) break;
    }
  } finally {
    stream.destroy();
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

/** The encoding a byte order mark names; undefined where there is none and the text is UTF-8. */
export function markedEncoding(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Writes the file's text as UTF-8 without a mark into `folder`: what PowerShell writes by default is UTF-16. */
export async function plainCopy(file: LogFile, encoding: string, folder: string): Promise<LogFile> {
  const absolute = path.join(folder, `${randomUUID()}.${file.format}`);
  const source = createReadStream(file.absolute);
  const bytes = file.gzip ? source.pipe(createGunzip()) : source;
  async function* decoded(): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding);
    for await (const part of bytes) yield decoder.decode(part, { stream: true });
    yield decoder.decode();
  }
  await pipeline(decoded, createWriteStream(absolute));
  return { ...file, absolute, gzip: false };
}
