import { createHash } from 'node:crypto';
import { withoutEnd } from './without-end';

/**
 * A text literal, matched first so that nothing inside it counts; a comment; white space; a word; any other character. A literal that
 * nobody closed ends where it can, so that no character is looked at twice.
 */
const parts =
  /([hH]?@"[^"]*(?:""[^"]*)*"?|[hH]?@'[^']*(?:''[^']*)*'?|[hH]?"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[hH]?'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|```[\s\S]*?(?:```|$))|\/\/[^\n]*|\s+|(\w+)|[\s\S]/g;

/** Equal for KQL texts that differ in comments and white space alone; 32 hexadecimal digits. */
export function textHash(kql: string): string {
  const bare: string[] = [];
  let afterWord = false;
  let apart = false;
  for (const [piece, literal, word] of kql.matchAll(parts)) {
    if (literal === undefined && word === undefined && /^(?:\s|\/\/)/.test(piece)) {
      apart = true;
      continue;
    }
    if (word !== undefined && afterWord && apart) bare.push(' ');
    bare.push(piece);
    afterWord = word !== undefined;
    apart = false;
  }
  return digest(withoutEnd(bare.join(''), /;/));
}

/** Of whatever can be written as JSON; the order of keys counts. */
export function contentHash(content: unknown): string {
  return digest(JSON.stringify(content));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
