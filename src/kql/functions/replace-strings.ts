import type { Expr } from '../expr';
import { toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

function listOfJson(text: unknown): unknown[] | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : undefined;
}

/**
 * Every lookup in its turn, in what the ones before it left: what was found once is not looked at again. Lookups that are no
 * texts are passed over; where the rewrite is none, what was found stays as it is.
 */
function replaceStrings(text: unknown, lookups: unknown, rewrites: unknown): string {
  if (typeof text !== 'string') return '';
  const [from, to] = [listOfJson(lookups), listOfJson(rewrites)];
  if (!from || !to) return text;
  let pieces: { text: string; done: boolean }[] = [{ text, done: false }];
  for (const [i, lookup] of from.entries()) {
    if (typeof lookup !== 'string' || lookup === '') continue;
    const rewrite = to[i];
    const found = { text: typeof rewrite === 'string' ? rewrite : lookup, done: true };
    pieces = pieces.flatMap((piece) =>
      piece.done
        ? [piece]
        : piece.text
            .split(lookup)
            .flatMap((part, place) =>
              place === 0 ? [{ text: part, done: false }] : [found, { text: part, done: false }],
            ),
    );
  }
  return pieces.map((piece) => piece.text).join('');
}

function compileReplaceStrings([source, lookups, rewrites]: Expr[], call: CallSite): Expr {
  if (!source || !lookups || !rewrites) return call.fail('type', 'replace_strings needs a text and two arrays');
  const from = lookups.constant?.value;
  const to = rewrites.constant?.value;
  if (Array.isArray(from) && Array.isArray(to) && from.length !== to.length)
    return call.fail('type', 'replace_strings needs two lists of one length', 2);
  const [texts, news] = [toText(lookups), toText(rewrites)];
  return { sql: `kql_replace_strings(${toText(source)}, ${texts}, ${news})`, type: 'string' };
}

export const replaceStringsFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'replace_strings',
    arity: [3, 3],
    compile: compileReplaceStrings,
    scripts: [
      {
        name: 'kql_replace_strings',
        parameters: ['VARCHAR', 'VARCHAR', 'VARCHAR'],
        returns: 'VARCHAR',
        run: replaceStrings,
      },
    ],
  }),
];
