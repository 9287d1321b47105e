export type IndicatorType = 'ip' | 'domain' | 'url' | 'hash' | 'email';

export interface Indicator {
  type: IndicatorType;
  value: string;
}

/** `[ipv4-addr:value = '192.0.2.1' OR domain-name:value IN ('a.example', 'b.example')]`: object path, operator, then literals. */
const comparison =
  /(?<![a-z0-9-])([a-z0-9-]+):([\w.[\]'*-]+)\s+(?:(NOT)\s+)?(=|!=|>=|<=|>|<|IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET)\s*(\((?:[^()']|'(?:[^'\\]|\\.)*')*\)|'(?:[^'\\]|\\.)*'|[^\s\])]+)/gi;
const literal = /'((?:[^'\\]|\\.)*)'/g;

/** Values that a STIX pattern compares with equality, by what they are; `left` names the comparisons that are none of these. */
export function readStixPattern(pattern: string): { indicators: Indicator[]; left: string[]; tied: boolean } {
  const indicators: Indicator[] = [];
  const left: string[] = [];
  for (const [, object = '', path = '', not, operator = '', operand = ''] of pattern.matchAll(comparison)) {
    const type = typeOf(object.toLowerCase(), path.toLowerCase());
    const equal = not === undefined && ['=', 'IN'].includes(operator.toUpperCase());
    const values = [...operand.matchAll(literal)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1').trim());
    const usable = values.filter((value) => type !== undefined && fits(type, value));
    if (!type || !equal || usable.length === 0) left.push(`${object}:${path} ${operator}`);
    else indicators.push(...usable.map((value) => ({ type, value })));
  }
  const tied = /\]\s*(?:AND|FOLLOWEDBY)\s*\[|'\s+AND\s+|\)\s+AND\s+/i.test(pattern);
  return { indicators, left, tied };
}

function typeOf(object: string, path: string): IndicatorType | undefined {
  if ((object === 'ipv4-addr' || object === 'ipv6-addr') && path === 'value') return 'ip';
  if (object === 'network-traffic' && /^(?:src|dst)_ref\.value$/.test(path)) return 'ip';
  if (object === 'domain-name' && path === 'value') return 'domain';
  if (object === 'url' && path === 'value') return 'url';
  if (object === 'email-addr' && path === 'value') return 'email';
  if (object === 'email-message' && /^(?:from|sender)_ref\.value$/.test(path)) return 'email';
  return /(?:^|\.)hashes\.'?(?:md5|sha-?1|sha-?256)'?$/.test(path) ? 'hash' : undefined;
}

/** Networks such as `198.51.100.0/24` are no single value, and what does not look like its type would only find chance. */
function fits(type: IndicatorType, value: string): boolean {
  if (value === '' || value.length > 2000 || /\p{Cc}/u.test(value)) return false;
  if (type === 'ip') return /^[0-9a-f.:]+$/i.test(value.replace(/\/(?:32|128)$/, ''));
  if (type === 'hash') return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value);
  if (type === 'email') return /^[^\s@]+@[^\s@]+$/.test(value);
  return type === 'url' ? value.length > 5 : /^[^\s/]+\.[^\s/]+$/.test(value);
}
