import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';

const mask = (1n << 64n) - 1n;
const primes = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
] as const;

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & mask;
}

function round(sum: bigint, input: bigint): bigint {
  return (rotate((sum + input * primes[1]) & mask, 31n) * primes[0]) & mask;
}

function merge(sum: bigint, value: bigint): bigint {
  return (((sum ^ round(0n, value)) & mask) * primes[0] + primes[3]) & mask;
}

/** xxHash64 with seed 0, as a signed long. */
function xxhash64(bytes: Buffer): bigint {
  let at = 0;
  let sum: bigint = primes[4];
  if (bytes.length >= 32) {
    const lanes: [bigint, bigint, bigint, bigint] = [(primes[0] + primes[1]) & mask, primes[1], 0n, -primes[0] & mask];
    while (at + 32 <= bytes.length) {
      for (const lane of [0, 1, 2, 3] as const) lanes[lane] = round(lanes[lane], bytes.readBigUInt64LE(at + lane * 8));
      at += 32;
    }
    const [a, b, c, d] = lanes;
    sum = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & mask;
    for (const lane of lanes) sum = merge(sum, lane);
  }
  sum = (sum + BigInt(bytes.length)) & mask;
  for (; at + 8 <= bytes.length; at += 8) {
    sum = (rotate(sum ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * primes[0] + primes[3]) & mask;
  }
  if (at + 4 <= bytes.length) {
    sum = (rotate(sum ^ ((BigInt(bytes.readUInt32LE(at)) * primes[0]) & mask), 23n) * primes[1] + primes[2]) & mask;
    at += 4;
  }
  for (; at < bytes.length; at++)
    sum = (rotate(sum ^ ((BigInt(bytes[at] ?? 0) * primes[4]) & mask), 11n) * primes[0]) & mask;
  sum = ((sum ^ (sum >> 33n)) * primes[1]) & mask;
  sum = ((sum ^ (sum >> 29n)) * primes[2]) & mask;
  return BigInt.asIntN(64, sum ^ (sum >> 32n));
}

const longScript: ScriptFunction = {
  name: 'kql_xxhash64_long',
  parameters: ['BIGINT'],
  returns: 'BIGINT',
  run(value) {
    if (typeof value !== 'bigint') return null;
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return xxhash64(bytes);
  },
};

const script: ScriptFunction = {
  name: 'kql_xxhash64',
  parameters: ['VARCHAR'],
  returns: 'BIGINT',
  run: (text) => (typeof text === 'string' ? xxhash64(Buffer.from(text)) : null),
};

/** Strings by their UTF-8 bytes; longs, datetimes and timespans by their eight bytes, the lowest first. */
function hashedSql(value: Expr, name: string, call: CallSite): string {
  if (value.type === 'string') return `kql_xxhash64(${value.sql})`;
  if (value.type === 'long' || value.type === 'datetime' || value.type === 'timespan')
    return `kql_xxhash64_long(${value.sql})`;
  return call.fail('unsupported', `${name} of a ${value.type} is not supported: convert it to a long or a string`, 0);
}

function xxhash(name: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 2],
    scripts: [script, longScript],
    compile([value, modulo], call) {
      if (!value) return call.fail('type', `${name} needs a value`);
      const hashed = hashedSql(value, name, call);
      if (!modulo) return { sql: hashed, type: 'long' };
      const by = convert(modulo, 'long').sql;
      return { sql: `((${hashed} % ${by} + ${by}) % ${by})`, type: 'long' };
    },
  });
}

/** Over the text of the value: a date's is its ISO form. */
function digest(name: string, sqlName: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    compile([value]: Expr[], call: CallSite) {
      if (!value) return call.fail('type', `${name} needs a value`);
      return { sql: `${sqlName}(${toText(value)})`, type: 'string' };
    },
  });
}

export const hashFunctions: ScalarFunction[] = [
  xxhash('hash'),
  xxhash('hash_xxhash64'),
  digest('hash_sha256', 'sha256'),
  digest('hash_sha1', 'sha1'),
  digest('hash_md5', 'md5'),
];
