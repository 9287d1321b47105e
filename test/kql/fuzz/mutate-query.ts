import type { Random } from '../interpreter/random';
import { hostileTexts } from './hostile-texts';

const token = /\s+|\/\/[^\n]*|@?"[^"]*"|@?'[^']*'|[A-Za-z_][\w-]*|\d[\w.]*|[^\w\s]/g;

const words = [
  '|',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  '.',
  '..',
  ':',
  '=',
  '==',
  '=~',
  '*',
  '-',
  '/',
  '%',
  '<',
  '!=',
  '$left',
  '_',
  'where',
  'extend',
  'project',
  'summarize',
  'by',
  'join',
  'on',
  'kind=inner',
  'union',
  'let',
  'in',
  'and',
  'or',
  'not',
  'between',
  'mv-expand',
  'parse',
  'with',
  'asc',
  'to',
  'typeof(long)',
  'dynamic',
  'datatable',
  'range',
  'materialize',
  'toscalar',
  'null',
  'true',
  '1',
  '-1',
  '9223372036854775808',
  '1e999',
  '0x',
  '1.2.3',
  '7d',
  'now()',
  'count()',
  'Logs',
  'Bags',
  'Level',
  'Bag',
  '"',
  "'",
  '`',
  '```',
  '@"',
  '//',
  '\n',
  '\u0000',
  '\u00a0',
  '\ufeff',
  '#',
  '\\',
  '~',
  '^',
  '$',
];

/** One to four changes to the tokens of a query: dropped, doubled, swapped, put from elsewhere, or its text made hostile. */
export function mutateQuery(random: Random, query: string, others: readonly string[]): string {
  const tokens = query.match(token) ?? [query];
  for (let i = 1 + random.below(4); i > 0; i--) {
    const at = random.below(tokens.length || 1);
    switch (random.below(8)) {
      case 0:
        tokens.splice(at, 1 + random.below(3));
        break;
      case 1:
        tokens.splice(at, 0, ...tokens.slice(at, at + 1 + random.below(6)));
        break;
      case 2: {
        const other = random.below(tokens.length || 1);
        [tokens[at], tokens[other]] = [tokens[other] ?? '', tokens[at] ?? ''];
        break;
      }
      case 3:
        tokens.splice(at, random.below(2), random.pick(words));
        break;
      case 4: {
        const donor = random.pick(others).match(token) ?? [];
        const start = random.below(donor.length || 1);
        tokens.splice(at, random.below(4), ...donor.slice(start, start + 1 + random.below(10)));
        break;
      }
      case 5: {
        const places = [...tokens.keys()].filter((one) => /^@?["']/.test(tokens[one] ?? ''));
        if (places.length > 0) tokens[random.pick(places)] = JSON.stringify(random.pick(hostileTexts));
        break;
      }
      case 6: {
        const places = [...tokens.keys()].filter((one) => /^\d/.test(tokens[one] ?? ''));
        if (places.length > 0)
          tokens[random.pick(places)] = random.pick([
            '0',
            '-1',
            '9223372036854775807',
            '99999999999999999999',
            '1e308',
            '2147483648',
            '1.5',
            '100000',
          ]);
        break;
      }
      default:
        tokens.splice(at);
    }
  }
  return tokens.join('');
}

/** Text that is no KQL: bytes, one token for ever, or brackets and steps nested past all sense. */
export function randomGarbage(random: Random, seeds: readonly string[]): string {
  const count = 1 + random.below(random.chance(0.02) ? 20_000 : 300);
  switch (random.below(9)) {
    case 0:
      return Buffer.from(Array.from({ length: count }, () => random.below(256))).toString('latin1');
    case 1:
      return Array.from({ length: count }, () => String.fromCharCode(random.below(65_536))).join('');
    case 2:
      return `print ${random.pick(['(', '[', '{', 'dynamic([', 'not(', 'strcat(', '-', 'case(']).repeat(count)}`;
    case 3:
      return `print x = ${'('.repeat(count)}1${')'.repeat(count)}`;
    case 4:
      return `print ${random.pick(['a', '9', '"', 'é', '`'])}${random.pick(['a', '9', '\\', "'", '漢']).repeat(count)}`;
    case 5:
      return `Logs ${random.pick(['| where true ', '| extend a = 1 ', '| union Logs ', '|', '| as T '] as const).repeat(Math.min(count, 400))}`;
    case 6:
      return `print ${Array.from({ length: count }, (_, i) => random.pick(['1', `"${i}"`, 'null', '-'])).join(random.pick([' + ', ' and ', ', ', ' or ', '.', ' ']))}`;
    case 7: {
      const text = random.pick(seeds);
      const at = random.below(text.length);
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + random.below(3));
    }
    default:
      return Array.from({ length: Math.min(count, 60) }, () => random.pick(words)).join(' ');
  }
}
