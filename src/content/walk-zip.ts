import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { UserError } from '../errors';
import { type FoundFile, importLimits, mayHoldContent, mostBytesOf, tooLarge } from './found-file';

const inflate = promisify(inflateRaw);

interface Entry {
  path: string;
  method: number;
  encrypted: boolean;
  link: boolean;
  packed: number;
  /** Where its own header begins. */
  at: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const headerMark = 0x04034b50;

/**
 * Every file of a zip archive, by its central directory. What an entry says of its size is not believed: it is unpacked to the
 * limit and no further, and so is the whole. Names that lead out of the archive, links, encrypted and nested archives are refused by
 * name. Throws UserError `bad-input` for what is no archive.
 */
export async function* walkZip(archive: Uint8Array, name: string): AsyncGenerator<FoundFile> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let unpacked = 0;
  for (const entry of entriesOf(bytes, name)) {
    const refused = refusal(entry);
    if (refused) {
      yield { path: entry.path, refused };
      continue;
    }
    const most = Math.min(mostBytesOf(entry.path), importLimits.all - unpacked);
    const read = most <= 0 ? tooLarge(unpacked, importLimits.all) : await unpack(bytes, entry, most);
    if (typeof read === 'string') {
      // What was unpacked in vain counts too: an archive of nothing but bombs ends as soon as one of honest files.
      unpacked += Math.max(0, most);
      yield { path: entry.path, refused: read };
    } else {
      unpacked += read.byteLength;
      yield { path: entry.path, bytes: read };
    }
  }
}

function entriesOf(bytes: Buffer, name: string): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endMark) throw fault(name, 'is no zip archive');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff)
    throw fault(name, 'is a zip archive of the large kind (ZIP64): unpack it, and import the folder');
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark) throw fault(name, 'is a damaged zip archive');
    const nameLength = bytes.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const path = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (!path.endsWith('/'))
      entries.push({
        path,
        method: bytes.readUInt16LE(at + 10),
        encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
        link: ((bytes.readUInt32LE(at + 38) >>> 16) & 0o170000) === 0o120000,
        packed: bytes.readUInt32LE(at + 20),
        at: bytes.readUInt32LE(at + 42),
      });
    at = next;
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function refusal({ path, encrypted, link, method }: Entry): string | undefined {
  const unsafe = /\\|\p{Cc}/u.test(path) || /^(?:\/|[A-Za-z]:)/.test(path) || path.split('/').includes('..');
  if (unsafe) return 'has a name that leads out of the archive';
  if (link) return 'is a link, which is not followed';
  if (encrypted) return 'is encrypted';
  if (/\.(?:zip|gz|tgz|tar|7z|rar)$/i.test(path)) return 'is an archive within the archive';
  if (!mayHoldContent(path)) return 'is no kind of file that holds content';
  return method === 0 || method === 8 ? undefined : `is packed by a method (${method}) that is not read`;
}

async function unpack(bytes: Buffer, entry: Entry, most: number): Promise<Uint8Array | string> {
  const { at, packed, method } = entry;
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== headerMark) return 'is damaged in the archive';
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const data = bytes.subarray(start, start + packed);
  if (data.length < packed) return 'is damaged in the archive';
  if (method === 0) return packed > most ? tooLarge(packed, most) : data;
  try {
    return await inflate(data, { maxOutputLength: most });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? `unpacks to more than ${Math.floor(most / 1_000_000)} MB`
      : 'is damaged in the archive';
  }
}

function fault(name: string, what: string): UserError {
  return new UserError('bad-input', `${name} ${what}`);
}
