import type { Expr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { maskIpv6, parseIpv4, parseIpv6, printIpv6 } from './ip-address';

/** -1, 0 or 1 under the shortest of the prefixes; null where either is no address. A prefix given apart counts IPv4 bits for two IPv4 addresses. */
function compare(a: unknown, b: unknown, prefix: unknown): bigint | null {
  if (typeof a !== 'string' || typeof b !== 'string' || prefix === null) return null;
  const left = parseIpv6(a);
  const right = parseIpv6(b);
  if (!left || !right) return null;
  const moved =
    Number(prefix) >= 0 && Number(prefix) <= 32 && parseIpv4(a) && parseIpv4(b) ? Number(prefix) + 96 : Number(prefix);
  if (moved < 0 || moved > 128) return null;
  const bits = Math.min(left.bits, right.bits, moved);
  const difference = maskIpv6(left.address, bits) - maskIpv6(right.address, bits);
  return difference === 0n ? 0n : difference < 0n ? -1n : 1n;
}

function parse(text: unknown, prefix: unknown): string {
  if (typeof text !== 'string' || prefix === null) return '';
  const found = parseIpv6(text);
  const wanted = Number(prefix);
  if (!found || wanted < 0 || wanted > 128) return '';
  return printIpv6(maskIpv6(found.address, Math.min(found.bits, wanted)));
}

const compareScript: ScriptFunction = {
  name: 'kql_ipv6_compare',
  parameters: ['VARCHAR', 'VARCHAR', 'BIGINT'],
  returns: 'BIGINT',
  run: compare,
};

const parseScript: ScriptFunction = {
  name: 'kql_ipv6_parse',
  parameters: ['VARCHAR', 'BIGINT'],
  returns: 'VARCHAR',
  run: parse,
};

function comparison([a, b, prefix]: Expr[], call: CallSite): string {
  if (!a || !b) return call.fail('type', 'two addresses are needed');
  return `kql_ipv6_compare(${toText(a)}, ${toText(b)}, ${prefix ? convert(prefix, 'long').sql : '128'})`;
}

function compileAny([ip, first, ...rest]: Expr[], call: CallSite): Expr {
  if (!ip || !first) return call.fail('type', 'an address and a range are needed');
  const text = toText(ip);
  const valid = `kql_ipv6_parse(${text}, 128) <> ''`;
  if (first.type === 'dynamic' && rest.length === 0) {
    const ranges = `list_transform(try_cast(${first.sql} AS JSON[]), lambda kql_r: kql_r->>'$')`;
    const hits = `len(list_filter(list_transform(${ranges}, lambda kql_r: kql_ipv6_compare(${text}, kql_r, 128)), lambda kql_c: kql_c = 0))`;
    return { sql: `(CASE WHEN ${valid} THEN ${hits} > 0 END)`, type: 'bool' };
  }
  const tests = [first, ...rest].map(
    (range) => `coalesce(kql_ipv6_compare(${text}, ${toText(range)}, 128) = 0, false)`,
  );
  return { sql: `(CASE WHEN ${valid} THEN ${tests.join(' OR ')} END)`, type: 'bool' };
}

function ipv6(name: string, arity: [number, number], compile: (args: Expr[], call: CallSite) => Expr): ScalarFunction {
  return defineScalar({ name, arity, compile, scripts: [compareScript, parseScript] });
}

export const ipv6Functions: ScalarFunction[] = [
  ipv6('ipv6_compare', [2, 3], (args, call) => ({ sql: comparison(args, call), type: 'long' })),
  ipv6('ipv6_is_match', [2, 3], (args, call) => ({ sql: `(${comparison(args, call)} = 0)`, type: 'bool' })),
  ipv6('ipv6_is_in_range', [2, 2], (args, call) => ({ sql: `(${comparison(args, call)} = 0)`, type: 'bool' })),
  ipv6('ipv6_is_in_any_range', [2, 64], compileAny),
  ipv6('parse_ipv6', [1, 1], ([ip], call) => ({
    sql: `kql_ipv6_parse(${ip ? toText(ip) : call.fail('type', 'an address is needed')}, 128)`,
    type: 'string',
  })),
  ipv6('parse_ipv6_mask', [2, 2], ([ip, prefix], call) =>
    ip && prefix
      ? { sql: `kql_ipv6_parse(${toText(ip)}, ${convert(prefix, 'long').sql})`, type: 'string' }
      : call.fail('type', 'an address and a prefix are needed'),
  ),
];
