import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { ipv4RangeToCidrs, parseIpv4 } from './ip-address';
import { constantText } from './literal';

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|0?[0-9]{1,2}|00[0-9])';

/** Addresses as longs. A text may carry a prefix, as in 10.0.0.1/8; NULL where it is no address. */
const ipv4Prelude = [
  `CREATE OR REPLACE MACRO kql_ipv4_number(s) AS CASE WHEN regexp_full_match(s, '\\s*${octet}([.]${octet}){3}\\s*') THEN list_dot_product(string_split(s, '.')::DOUBLE[], [16777216, 65536, 256, 1]::DOUBLE[])::BIGINT END`,
  `CREATE OR REPLACE MACRO kql_ipv4_bits(s) AS CASE WHEN NOT contains(s, '/') THEN 32 WHEN regexp_full_match(s, '[^/]*/([0-9]|[12][0-9]|3[0-2])') THEN split_part(s, '/', 2)::INTEGER END`,
  'CREATE OR REPLACE MACRO kql_ipv4_mask(p) AS 4294967296 - (1::BIGINT << (32 - p)::INTEGER)',
  `CREATE OR REPLACE MACRO kql_ipv4_masked(s, p) AS CASE WHEN NOT p BETWEEN 0 AND 32 THEN NULL WHEN NOT contains(s, '/') THEN kql_ipv4_number(s) & kql_ipv4_mask(p)
    WHEN kql_ipv4_bits(s) IS NOT NULL THEN kql_ipv4_number(split_part(s, '/', 1)) & kql_ipv4_mask(least(kql_ipv4_bits(s), p)) END`,
  `CREATE OR REPLACE MACRO kql_ipv4_compare(a, b, p) AS sign(kql_ipv4_masked(a, least(p, kql_ipv4_bits(b))) - kql_ipv4_masked(b, least(p, kql_ipv4_bits(a))))::BIGINT`,
  `CREATE OR REPLACE MACRO kql_ipv4_text(n) AS (n // 16777216)::VARCHAR || '.' || (n // 65536 % 256)::VARCHAR || '.' || (n // 256 % 256)::VARCHAR || '.' || (n % 256)::VARCHAR`,
];

function prefixOf(arg: Expr | undefined): string {
  return arg ? convert(arg, 'long').sql : '32';
}

function ipv4(name: string, arity: [number, number], compile: (args: Expr[], call: CallSite) => Expr): ScalarFunction {
  return defineScalar({ name, arity, prelude: ipv4Prelude, compile });
}

function two(args: Expr[], call: CallSite): [string, string] {
  const [a, b] = args;
  if (!a || !b) return call.fail('type', 'two addresses are needed');
  return [toText(a), toText(b)];
}

function one(args: Expr[], call: CallSite): string {
  const [a] = args;
  return a ? toText(a) : call.fail('type', 'an address is needed');
}

function compileCompare(args: Expr[], call: CallSite): Expr {
  const [a, b] = two(args, call);
  return { sql: `kql_ipv4_compare(${a}, ${b}, ${prefixOf(args[2])})`, type: 'long' };
}

function compileMatch(args: Expr[], call: CallSite): Expr {
  const [a, b] = two(args, call);
  return { sql: `(kql_ipv4_compare(${a}, ${b}, ${prefixOf(args[2])}) = 0)`, type: 'bool' };
}

/** A range known at compile time is one comparison with a mask. */
function inRange(ip: string, range: Expr, call: CallSite): string {
  const known = constantText(range);
  if (known === undefined) return `(kql_ipv4_compare(${ip}, ${toText(range)}, 32) = 0)`;
  const parsed = parseIpv4(known);
  if (!parsed) {
    call.note(`"${known}" is no range of IPv4 addresses, so nothing lies in it.`);
    return 'NULL::BOOLEAN';
  }
  const mask = parsed.bits === 0 ? 0n : (0xffffffffn << BigInt(32 - parsed.bits)) & 0xffffffffn;
  return `(kql_ipv4_masked(${ip}, 32) & ${mask} = ${parsed.address & mask})`;
}

function compileInRange(args: Expr[], call: CallSite): Expr {
  const ip = one(args, call);
  const [, range] = args;
  if (!range) return call.fail('type', 'a range is needed');
  return { sql: inRange(ip, range, call), type: 'bool' };
}

function compileInAnyRange(args: Expr[], call: CallSite): Expr {
  const ip = one(args, call);
  const [, first, ...rest] = args;
  if (!first) return call.fail('type', 'a range is needed');
  if (first.type === 'dynamic' && rest.length === 0) {
    const ranges = `list_transform(try_cast(${first.sql} AS JSON[]), lambda kql_r: kql_r->>'$')`;
    const hits = `len(list_filter(${ranges}, lambda kql_r: kql_ipv4_compare(${ip}, kql_r, 32) = 0))`;
    return { sql: `(CASE WHEN kql_ipv4_masked(${ip}, 32) IS NOT NULL THEN ${hits} > 0 END)`, type: 'bool' };
  }
  const tests = [first, ...rest].map((range) => `coalesce(${inRange(ip, range, call)}, false)`);
  return { sql: `(CASE WHEN kql_ipv4_masked(${ip}, 32) IS NOT NULL THEN ${tests.join(' OR ')} END)`, type: 'bool' };
}

/** 10/8, 172.16/12 and 192.168/16 by their text where there is no prefix: several times as fast as by the number. */
function compilePrivate(args: Expr[], call: CallSite): Expr {
  const ip = one(args, call);
  const number = `kql_ipv4_masked(${ip}, 32)`;
  const byNumber = `(${number} // 16777216 = 10 OR ${number} // 1048576 = 2753 OR ${number} // 65536 = 49320)`;
  const byText = `regexp_matches(${ip}, '^\\s*0{0,2}(10[.]|172[.]0?(1[6-9]|2[0-9]|3[01])[.]|192[.]168[.])')`;
  return {
    sql: `(CASE WHEN contains(${ip}, '/') THEN ${byNumber} WHEN regexp_full_match(${ip}, '\\s*${octet}([.]${octet}){3}\\s*') THEN ${byText} END)`,
    type: 'bool',
  };
}

/** The address as a number: a text with its own prefix, or a long. */
function numberOf(value: Expr, prefix: string): string {
  if (value.type === 'string' || value.type === 'dynamic') return `kql_ipv4_masked(${toText(value)}, ${prefix})`;
  const long = convert(value, 'long').sql;
  return `(CASE WHEN ${prefix} BETWEEN 0 AND 32 AND ${long} BETWEEN 0 AND 4294967295 THEN ${long} & kql_ipv4_mask(${prefix}) END)`;
}

function compileFormat(args: Expr[], call: CallSite): Expr {
  const [value, prefix] = args;
  if (!value) return call.fail('type', 'an address is needed');
  return { sql: `coalesce(kql_ipv4_text(${numberOf(value, prefixOf(prefix))}), '')`, type: 'string' };
}

function compileFormatMask(args: Expr[], call: CallSite): Expr {
  const [value, prefix] = args;
  if (!value || !prefix) return call.fail('type', 'an address and a prefix are needed');
  const bits = value.type === 'string' ? `least(kql_ipv4_bits(${value.sql}), ${prefixOf(prefix)})` : prefixOf(prefix);
  const text = `kql_ipv4_text(${numberOf(value, prefixOf(prefix))}) || '/' || (${bits})::VARCHAR`;
  return { sql: `coalesce(${text}, '')`, type: 'string' };
}

function cidrList(start: unknown, end: unknown): string | null {
  if (typeof start !== 'string' || typeof end !== 'string') return null;
  const list = ipv4RangeToCidrs(start, end);
  return list ? JSON.stringify(list) : null;
}

export const ipv4Functions: ScalarFunction[] = [
  ipv4('parse_ipv4', [1, 1], (args, call) => ({ sql: `kql_ipv4_masked(${one(args, call)}, 32)`, type: 'long' })),
  ipv4('parse_ipv4_mask', [2, 2], (args, call) => ({
    sql: `kql_ipv4_masked(${one(args, call)}, ${prefixOf(args[1])})`,
    type: 'long',
  })),
  ipv4('ipv4_compare', [2, 3], compileCompare),
  ipv4('ipv4_is_match', [2, 3], compileMatch),
  ipv4('ipv4_is_in_range', [2, 2], compileInRange),
  ipv4('ipv4_is_in_any_range', [2, 64], compileInAnyRange),
  ipv4('ipv4_is_private', [1, 1], compilePrivate),
  ipv4('ipv4_netmask_suffix', [1, 1], (args, call) => {
    const ip = one(args, call);
    return {
      sql: `(CASE WHEN kql_ipv4_masked(${ip}, 32) IS NOT NULL THEN kql_ipv4_bits(${ip})::BIGINT END)`,
      type: 'long',
    };
  }),
  ipv4('format_ipv4', [1, 2], compileFormat),
  ipv4('format_ipv4_mask', [2, 2], compileFormatMask),
  defineScalar({
    name: 'ipv4_range_to_cidr_list',
    arity: [2, 2],
    scripts: [{ name: 'kql_ipv4_cidrs', parameters: ['VARCHAR', 'VARCHAR'], returns: 'VARCHAR', run: cidrList }],
    compile(args, call) {
      const [start, end] = two(args, call);
      return { sql: `kql_ipv4_cidrs(${start}, ${end})::JSON`, type: 'dynamic' };
    },
  }),
];
