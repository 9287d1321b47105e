import { toText } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';

/** The constants of RFC 3492. */
const base = 36;
const firstCode = 128;
const firstBias = 72;
const highest = 0x10ffff;
/** Characters: encoding looks at all of them once for each different one. */
const longestText = 65_536;

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : Math.floor(delta / 2);
  rest += Math.floor(rest / count);
  let steps = 0;
  for (; rest > 455; steps += base) rest = Math.floor(rest / 35);
  return steps + Math.floor((36 * rest) / (rest + 38));
}

function threshold(step: number, bias: number): number {
  return Math.min(Math.max(step - bias, 1), 26);
}

function toTextOf(points: number[]): string {
  return points.map((point) => String.fromCodePoint(point)).join('');
}

function encode(text: string): string {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < firstCode);
  let output = toTextOf(basic) + (basic.length > 0 && basic.length < points.length ? '-' : '');
  if (basic.length === points.length) return output;
  let [code, delta, bias, done] = [firstCode, 0, firstBias, basic.length];
  while (done < points.length) {
    const next = points.reduce((least, point) => (point >= code && point < least ? point : least), highest);
    delta += (next - code) * (done + 1);
    code = next;
    for (const point of points) {
      if (point < code) delta++;
      if (point !== code) continue;
      let rest = delta;
      for (let step = base; ; step += base) {
        const limit = threshold(step, bias);
        if (rest < limit) break;
        output += digit(limit + ((rest - limit) % (base - limit)));
        rest = Math.floor((rest - limit) / (base - limit));
      }
      output += digit(rest);
      bias = adapt(delta, done + 1, done === basic.length);
      delta = 0;
      done++;
    }
    delta++;
    code++;
  }
  return output;
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22);
}

function decode(text: string): string {
  const hyphen = text.lastIndexOf('-');
  const output = Array.from(hyphen > 0 ? text.slice(0, hyphen) : '', (character) => character.codePointAt(0) ?? 0);
  let [code, place, bias] = [firstCode, 0, firstBias];
  for (let at = hyphen > 0 ? hyphen + 1 : 0; at < text.length; ) {
    const before = place;
    let weight = 1;
    for (let step = base; ; step += base) {
      const value = Number.parseInt(text[at++] ?? '', 36);
      if (Number.isNaN(value)) return '';
      const number = value < 10 ? value + 26 : value - 10;
      place += number * weight;
      const limit = threshold(step, bias);
      if (number < limit) break;
      weight *= base - limit;
    }
    bias = adapt(place - before, output.length + 1, before === 0);
    code += Math.floor(place / (output.length + 1));
    place %= output.length + 1;
    if (code > highest) return '';
    output.splice(place++, 0, code);
  }
  return toTextOf(output);
}

/** Full stops of other scripts part the labels of a domain as well. */
const stops = /[.\u3002\uff0e\uff61]/;

/** Label by label, in the case they have; the name says otherwise, but this is the one that encodes. */
function encodeDomain(domain: string): string {
  return domain
    .split(stops)
    .map((label) => (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label))
    .join('.');
}

/** The empty text where a label cannot be decoded. */
function decodeDomain(domain: string): string {
  const labels = domain.split(stops).map((label) => (/^xn--/i.test(label) ? decode(label.slice(4)) : label));
  return labels.some((label, i) => label === '' && domain.split(stops)[i] !== '') ? '' : labels.join('.');
}

function onText(name: string, run: (text: string) => string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 1],
    scripts: [
      {
        name: `kql_${name}`,
        parameters: ['VARCHAR'],
        returns: 'VARCHAR',
        run(text) {
          if (typeof text !== 'string') return '';
          if (text.length > longestText) throw new Error(`${name} takes at most ${longestText} characters`);
          return run(text);
        },
      },
    ],
    compile: ([text], call) =>
      text ? { sql: `kql_${name}(${toText(text)})`, type: 'string' } : call.fail('type', `${name} needs a text`),
  });
}

export const punycodeFunctions: ScalarFunction[] = [
  onText('punycode_from_string', encode),
  onText('punycode_to_string', decode),
  onText('punycode_domain_from_string', decodeDomain),
  onText('punycode_domain_to_string', encodeDomain),
];
