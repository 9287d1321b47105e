import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { Expr } from '../expr';
import { convert, toJson, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { arrayPrelude } from './dynamic-array';

/** The bytes of a base64 text, or undefined where it is none. Missing padding is forgiven. */
function decodeBase64(text: unknown): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  const bare = text.trim().replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1) return undefined;
  return Buffer.from(bare, 'base64');
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}

function decodeText(text: unknown): string {
  const bytes = decodeBase64(text);
  return bytes && isUtf8(bytes) ? bytes.toString('utf8') : '';
}

function decodeArray(text: unknown): string | null {
  const bytes = decodeBase64(text);
  return bytes && isUtf8(bytes) ? JSON.stringify([...bytes]) : null;
}

function encodeArray(list: unknown): string {
  if (typeof list !== 'string' || list === '') return '';
  const bytes: unknown = JSON.parse(list);
  if (!Array.isArray(bytes) || !bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) return '';
  return Buffer.from(bytes).toString('base64');
}

/** A guid's first three groups are little-endian in its bytes. */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function encodeGuid(text: unknown): string {
  const bytes = typeof text === 'string' ? Buffer.from(text.replaceAll('-', ''), 'hex') : Buffer.alloc(0);
  return bytes.length === 16 ? Buffer.from(guidOrder.map((at) => bytes[at] ?? 0)).toString('base64') : '';
}

function decodeGuid(text: unknown): string | null {
  const bytes = decodeBase64(text);
  return bytes?.length === 16 ? Buffer.from(guidOrder.map((at) => bytes[at] ?? 0)).toString('hex') : null;
}

const same = (sql: string) => sql;

/** Larger texts than this are taken for an attack on memory and give the empty string. */
const longestInflated = 32 * 1024 * 1024;

function inflate(text: unknown, run: (bytes: Buffer) => Buffer): string {
  const bytes = decodeBase64(text);
  if (!bytes || bytes.length === 0) return '';
  try {
    const inflated = run(bytes);
    return isUtf8(inflated) ? inflated.toString('utf8') : '';
  } catch {
    return '';
  }
}

/** Short texts are stored as they are, as Kusto does; longer ones are worth compressing. */
const shortest = 64;

function compress(text: unknown, run: (bytes: Buffer, options: { level: number }) => Buffer): string {
  if (typeof text !== 'string') return '';
  const bytes = Buffer.from(text);
  return run(bytes, { level: bytes.length < shortest ? 0 : 6 }).toString('base64');
}

/** The header names no system, as Kusto's does. */
function gzip(bytes: Buffer, options: { level: number }): Buffer {
  const zipped = gzipSync(bytes, options);
  zipped[8] = 0;
  zipped[9] = 255;
  return zipped;
}

function compressing(name: string, run: (bytes: Buffer, options: { level: number }) => Buffer): ScalarFunction {
  return {
    ...scripted(name, (text) => compress(text, run), same, 'string'),
    difference: 'the compressed bytes of longer texts differ; decompressed they give the same text',
  };
}

function scripted(
  name: string,
  run: ScriptFunction['run'],
  sqlOf: (call: string) => string,
  type: Expr['type'],
  input = toText,
): ScalarFunction {
  const script: ScriptFunction = { name: `kql_${name}`, parameters: ['VARCHAR'], returns: 'VARCHAR', run };
  return defineScalar({
    name,
    arity: [1, 1],
    scripts: [script],
    compile([value], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return { sql: sqlOf(`${script.name}(${input(value)})`), type };
    },
  });
}

function encodeText(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile: ([text], call) =>
      text ? { sql: `to_base64(encode(${toText(text)}))`, type: 'string' } : call.fail('type', `${name} needs a text`),
  });
}

function codePoints(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([text], call) {
      if (!text) return call.fail('type', `${name} needs a text`);
      const sql = toText(text);
      return {
        sql: `(CASE WHEN ${sql} = '' THEN '[]'::JSON ELSE to_json(list_transform(range(1, length(${sql}) + 1), lambda kql_i: unicode(substr(${sql}, kql_i, 1)))) END)`,
        type: 'dynamic',
      };
    },
  });
}

function fromCodePoints(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 64],
    prelude: arrayPrelude,
    compile(args: Expr[], _call: CallSite) {
      const pieces = args.map((arg) => {
        if (arg.type !== 'dynamic') return `coalesce(chr((${convert(arg, 'long').sql})::INTEGER), '')`;
        const json = toJson(arg);
        const list = `CASE WHEN kql_is_array(${json}) THEN kql_list(${json}) ELSE [${json}] END`;
        return `coalesce(array_to_string(list_transform(${list}, lambda kql_x: chr(kql_dynamic_long(kql_x)::INTEGER)), ''), '')`;
      });
      return { sql: `(${pieces.join(' || ')})`, type: 'string' };
    },
  });
}

export const encodingFunctions: ScalarFunction[] = [
  encodeText('base64_encode_tostring'),
  encodeText('base64_encodestring'),
  scripted('base64_decode_tostring', decodeText, same, 'string'),
  scripted('base64_decodestring', decodeText, same, 'string'),
  scripted('base64_decode_toarray', decodeArray, (sql) => `${sql}::JSON`, 'dynamic'),
  scripted('base64_encode_fromarray', encodeArray, same, 'string'),
  scripted('base64_encode_fromguid', encodeGuid, same, 'string'),
  scripted('base64_decode_toguid', decodeGuid, (sql) => `try_cast(${sql} AS UUID)`, 'guid'),
  scripted(
    'gzip_decompress_from_base64_string',
    (text) => inflate(text, (bytes) => gunzipSync(bytes, { maxOutputLength: longestInflated })),
    same,
    'string',
  ),
  scripted(
    'zlib_decompress_from_base64_string',
    (text) => inflate(text, (bytes) => inflateSync(bytes, { maxOutputLength: longestInflated })),
    same,
    'string',
  ),
  compressing('gzip_compress_to_base64_string', gzip),
  compressing('zlib_compress_to_base64_string', deflateSync),
  codePoints('to_utf8'),
  codePoints('unicode_codepoints_from_string'),
  fromCodePoints('make_string'),
  fromCodePoints('unicode_codepoints_to_string'),
];
