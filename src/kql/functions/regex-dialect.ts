/**
 * Kusto's regular expressions are Rust's, DuckDB's are RE2: the same language but for a few spellings, which are
 * rewritten, and a few features RE2 lacks, which are named in `missing`.
 */
export function toRe2(regex: string): { text: string; missing?: string } {
  let text = '';
  let inSet = 0;
  for (let at = 0; at < regex.length; ) {
    const rest = regex.slice(at);
    const escaped = /^\\(?:u\{([0-9a-fA-F]+)\}|U\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    if (escaped) {
      text += `\\x{${escaped.slice(1).find((digits) => digits !== undefined)}}`;
      at += escaped[0].length;
      continue;
    }
    if (rest.startsWith('\\')) {
      text += rest.slice(0, 2);
      at += 2;
      continue;
    }
    if (inSet === 0) {
      const group = /^\(\?(=|!|<=|<!|>)/.exec(rest);
      if (group) return { text: regex, missing: `the group "(?${group[1]}"` };
      if (/^\(\?<\w/.test(rest)) {
        text += '(?P<';
        at += 3;
        continue;
      }
    } else {
      const operator = /^(&&|--|~~)/.exec(rest)?.[1];
      if (operator && /^..\[/.test(rest)) return { text: regex, missing: `"${operator}" in a set of characters` };
      if (isNestedSet(rest)) return { text: regex, missing: 'a set inside a set of characters' };
    }
    const open = inSet === 0 ? /^\[\^?\]?/.exec(rest)?.[0] : /^\[:\^?\w+:\]/.exec(rest)?.[0];
    if (open) {
      if (inSet === 0) inSet = 1;
      text += open;
      at += open.length;
      continue;
    }
    if (inSet > 0 && rest.startsWith(']')) inSet = 0;
    text += regex[at];
    at++;
  }
  return { text };
}

/** A bracket within a set is itself, unless a set closes behind it and then the one around it. */
function isNestedSet(rest: string): boolean {
  return /^\[(?!:)[^[\]]*\][^[\]]*\]/.test(rest.replace(/\\[\s\S]/g, '..'));
}

/** Why no engine can read the regex, where that is plain to see: what is open is not closed, or the other way about. */
export function brokenRegex(regex: string): string | undefined {
  const bare = regex.replace(/\\[\s\S]/g, '..');
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(regex)) return 'a backslash at the end';
  const open = bare.replace(/\[\^?\]?(?:\[:\^?\w+:\]|[^\]])*\]/g, '');
  if (open.includes('[')) return 'a [ without its ]';
  let depth = 0;
  for (const sign of open) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (depth < 0) return 'a ) without its (';
  }
  return depth > 0 ? 'a ( without its )' : undefined;
}

/** The names of the capture groups of a regex in their order, undefined for one without a name. */
export function captureGroups(regex: string): (string | undefined)[] {
  const bare = regex.replace(/\\[\s\S]/g, '..').replace(/\[\^?\]?[^\]]*\]/g, (set) => '.'.repeat(set.length));
  return [...bare.matchAll(/\((?:\?P?<(\w+)>|(?!\?))/g)].map((group) => group[1]);
}
