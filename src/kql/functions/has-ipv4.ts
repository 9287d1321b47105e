import type { Expr } from '../expr';
import { toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { parseIpv4 } from './ip-address';
import { quoteText } from './quote-text';

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[0-9]{1,2})';

/** A regex for an address, or a prefix of one that ends in a dot, that no letter or digit touches; undefined where it is neither. */
function pattern(wanted: string, isPrefix: boolean): string | undefined {
  const text = wanted.trim();
  if (parseIpv4(text) && !text.includes('/'))
    return `(?:^|[^0-9A-Za-z])${text.replaceAll('.', '[.]')}(?:[^0-9A-Za-z]|$)`;
  const parts = text.split('.');
  if (!isPrefix || parts.length > 4 || parts.at(-1) !== '') return undefined;
  const known = parts.slice(0, -1);
  if (known.length === 0 || !known.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  const rest = Array.from({ length: 4 - known.length }, () => octet).join('[.]');
  return `(?:^|[^0-9A-Za-z])${known.join('[.]')}[.]${rest}(?:[^0-9A-Za-z]|$)`;
}

function hasAny(text: unknown, list: unknown, isPrefix: unknown): boolean {
  if (typeof text !== 'string' || typeof list !== 'string' || list === '') return false;
  const wanted: unknown = JSON.parse(list);
  if (!Array.isArray(wanted)) return false;
  return wanted.some((value) => {
    const regex = pattern(String(value), isPrefix === true);
    return regex !== undefined && new RegExp(regex).test(text);
  });
}

const script: ScriptFunction = {
  name: 'kql_has_any_ipv4',
  parameters: ['VARCHAR', 'VARCHAR', 'BOOLEAN'],
  returns: 'BOOLEAN',
  run: hasAny,
};

function constants(args: Expr[]): string[] | undefined {
  const values = args.map((arg) => arg.constant?.value);
  const [first] = values;
  const list = values.length === 1 && Array.isArray(first) ? first : values;
  return list.every((value) => typeof value === 'string') ? list : undefined;
}

function search(name: string, isPrefix: boolean, most: number): ScalarFunction {
  return defineScalar({
    name,
    arity: [2, most],
    scripts: [script],
    compile([source, ...wanted]: Expr[], call: CallSite) {
      const [first] = wanted;
      if (!source || !first) return call.fail('type', `${name} needs a text and an address`);
      const known = constants(wanted);
      if (!known) {
        const list = first.type === 'dynamic' ? toText(first) : `to_json([${wanted.map(toText).join(', ')}])::VARCHAR`;
        return { sql: `kql_has_any_ipv4(${toText(source)}, ${list}, ${isPrefix})`, type: 'bool' };
      }
      const patterns = known.map((value) => pattern(value, isPrefix)).filter((regex) => regex !== undefined);
      if (patterns.length === 0) return { sql: 'false', type: 'bool' };
      return { sql: `regexp_matches(${toText(source)}, ${quoteText(patterns.join('|'))})`, type: 'bool' };
    },
  });
}

export const hasIpv4Functions: ScalarFunction[] = [
  search('has_ipv4', false, 2),
  search('has_any_ipv4', false, 64),
  search('has_ipv4_prefix', true, 2),
  search('has_any_ipv4_prefix', true, 64),
];
