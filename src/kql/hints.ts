import type { Diagnostic } from './kusto';

interface Hint {
  /** The start of the text from the fault on. */
  at?: RegExp;
  /** The end of the text before the fault. */
  before?: RegExp;
  /** The analyser's message. */
  said?: RegExp;
  hint: string;
}

/** What those who come from SQL, Splunk or a phone's keyboard write, and how it is written here. First match wins. */
const hints: Hint[] = [
  { at: /^[“”„‘’«»]/, hint: 'write straight quotes, " or \'' },
  { at: /^&/, hint: 'write `and`' },
  { at: /^\|\|/, hint: 'write `or`' },
  { at: /^\|/, before: /\|$/, hint: 'write `or`' },
  { at: /^\|/, before: /\|\s+$/, hint: 'there are two | in a row' },
  { at: /^as\b/i, hint: 'a column is named in front: name = expression' },
  { at: /^is\s+(not\s+)?null\b/i, hint: 'write isnull(x), isnotnull(x), or isempty(x) for a text' },
  { at: /^null\b/i, hint: 'write isnull(x), or isempty(x) for a text; a null of a type is int(null)' },
  { at: /^not\s+(in|has|contains|like|startswith|between)\b/i, hint: 'write `!in`, `!has`, `!contains` and so on' },
  { at: /^like\b/i, hint: 'write contains, startswith, endswith or matches regex' },
  { at: /^limit\b/i, said: /Expected: ;/, hint: 'write `| take 10` as a step of its own' },
  { at: /^\*/, said: /syntax is not allowed/, hint: 'write count()' },
  { at: /^distinct\b/i, hint: 'write dcount(x) or count_distinct(x)' },
  { at: /^[<>]/, said: /types string and string/, hint: 'texts are ordered by strcmp(a, b) < 0' },
  { said: /^The operator .* types string and (int|long|real)/, hint: 'convert the text, as in tolong(x)' },
  { said: /^The operator .* types (int|long|real) and string/, hint: 'convert the text, as in tolong(x)' },
  {
    said: /^The operator '(or|and)' .* and (string|long|dynamic)/,
    hint: "name the column on both sides: x == 'a' or x == 'b'",
  },
  {
    said: /^The operator .* types dynamic and (datetime|timespan|guid)/,
    hint: 'convert it first, as in todatetime(x)',
  },
  { said: /type 'dynamic' is not allowed/, hint: 'convert it first, as in tostring(x)' },
  { said: /must have the type dynamic/, hint: 'convert it first, as in parse_json(x)' },
  { said: /must be orderable/, hint: 'convert it first, as in tolong(x)' },
  { said: /must have the same type on both sides/, hint: 'convert one side first, as in extend x = tostring(x)' },
  { before: /(^|\s)--+\s*$/, hint: 'a comment begins with //' },
  { at: /^(#|–|—)/, hint: 'a comment begins with //' },
  {
    at: /^(OR|AND|IN|HAS|CONTAINS|STARTSWITH|ENDSWITH|BETWEEN|BY|WHERE|PROJECT|SUMMARIZE)\b/,
    hint: 'write it in small letters',
  },
  { at: /^stats\b/i, hint: 'write summarize count() by column' },
  { at: /^group\b/i, hint: 'write summarize count() by column' },
  { at: /^(select|fields|table)\b/i, said: /operator/, hint: 'write project a, b' },
  { at: /^head\b/i, hint: 'write take 10' },
  { at: /^(eval|set)\b/i, hint: 'write extend name = expression' },
  { at: /^(filter|having)\b/i, hint: 'write where' },
  { at: /^(rex|regex)\b/i, hint: 'write parse, or extend x = extract("…", 1, column)' },
  { at: /^dedup\b/i, hint: 'write distinct column, or summarize arg_max(time, *) by column' },
  { at: /^rename\b/i, hint: 'write project-rename new = old' },
  { at: /^count\s*\(/, said: /operator expected/, hint: 'write summarize count() by column' },
  { before: /\blet\s+\w+\s*=(?!=)[^;|]*$/, said: /Expected: ;/, hint: 'a let ends with ;' },
  { at: /^==/, before: /\blet\s+\w+\s*$/, hint: 'write let name = value' },
  { before: /\(\s*distinct\s+$/i, hint: 'write dcount(x) or count_distinct(x)' },
  { at: /^=/, before: /==$/, hint: 'values are compared with ==' },
  {
    at: /^(where|project|extend|summarize|take|limit|distinct|join|sort|order|top|count|mv-expand|parse|union|render)\b/i,
    said: /Expected: ;/,
    hint: 'put | in front of it',
  },
  {
    at: /^contains_(all|any)\b/i,
    hint: 'write has_all or has_any for whole terms; for parts: x contains "a" or x contains "b"',
  },
  { at: /^any\b/i, before: /\bhas\s+$/i, hint: 'write has_any ("a", "b")' },
  { at: /^all\b/i, before: /\bhas\s+$/i, hint: 'write has_all ("a", "b")' },
  {
    at: /^(in|has|contains|startswith|endswith|has_any)\s*\(/i,
    hint: 'the column stands in front: column has "text", column in ("a", "b")',
  },
  {
    before: /\.(contains|has|startswith|endswith)?$/i,
    at: /^\w*\s*\(/,
    hint: 'the column stands in front: column has "text"',
  },
  { at: /^where\b/i, before: /\b(and|or)\s*$/i, hint: 'leave the second where out' },
  { before: /\bbetween\s*$/i, hint: 'write between (1 .. 5)' },
  { before: /\bbetween\s*\([^)]*$/i, said: /Expected: \./, hint: 'write between (1 .. 5)' },
  { said: /Expected: \($/, hint: 'put the list in parentheses: ("a", "b")' },
  { said: /Expected: by/, hint: 'write by in front of the column' },
  { at: /^(days?|hours?|minutes?|seconds?|weeks?|months?)\b/i, hint: 'write 7d, 12h, 30m or 10s' },
  { at: /^["']\d/, said: /type timespan expected/, hint: 'write it without quotes, as in 7d' },
  { at: /^[-+]/, said: /types datetime and (int|long|real)/, hint: 'write a length of time, as in 7d or 12h' },
  { said: /types datetime and (string|int|long)/, hint: 'write datetime(2024-01-31), or todatetime(x)' },
  { said: /types (string|int|long) and datetime/, hint: 'convert it first, as in todatetime(x)' },
  { said: /'count' requires an argument list/, hint: 'write count()' },
  {
    said: /type bool expected/,
    before: /\bcount\s*\($/,
    hint: 'write count() for rows, dcount(x) for different values, countif(condition)',
  },
  { at: /^!\s*\(/, hint: 'write not(…)' },
  { at: /^\\/, said: /Missing: ["']/, hint: 'double the backslash, or put @ in front of the text: @"C:\\Windows"' },
  { said: /operand must be: \$/, hint: 'write on $left.a == $right.b' },
  { said: /must exist on both sides/, hint: 'where the names differ write on $left.a == $right.b' },
  { at: /^\)/, said: /incomplete fragment|Unexpected/, hint: 'there is one ) too many' },
  { said: /Expected: \)$/, hint: 'a ( is not closed' },
  { at: /^[\w"'(]/, said: /Expected: ,$/, hint: 'is a comma missing?' },
];

/** How to write it instead, where what stands at the fault, or behind the operand it names, tells. */
export function hintFor({ Start, Length, Message }: Diagnostic, text: string): string | undefined {
  if (/^\s*select\b[\s\S]*\bfrom\b/i.test(text))
    return 'this looks like SQL; here it is: Table | where … | project a, b';
  if (/^\s*(search\s+)?(index|sourcetype)\s*=\s*\w/i.test(text))
    return 'this looks like Splunk; here it is: Table | where … | summarize count() by column';
  const at = text.slice(Start).trimStart();
  const before = text.slice(0, text.length - at.length);
  const behind = text.slice(Start + Length).trimStart();
  const boolean = /must have the type bool/.test(Message);
  if (boolean && /^(?:\w+\s*)?=(?![=~])/.test(at)) return 'values are compared with ==';
  if (/\bnot\s*$/i.test(before)) return 'write not(…), with its condition in parentheses';
  const foreign =
    foreignFunctions[/'(\w+)' does not refer to any known function/.exec(Message)?.[1]?.toLowerCase() ?? ''];
  if (foreign !== undefined) return `write ${foreign}`;
  return hints.find(
    ({ at: start, before: end, said }) =>
      (start === undefined || start.test(at) || (boolean && start.test(behind))) &&
      (end === undefined || end.test(before)) &&
      (said === undefined || said.test(Message) || (boolean && start?.test(behind))),
  )?.hint;
}

/** Functions of other languages. */
const foreignFunctions: Record<string, string | undefined> = {
  len: 'strlen(x), or array_length(x) for an array',
  length: 'strlen(x), or array_length(x) for an array',
  lower: 'tolower(x)',
  upper: 'toupper(x)',
  substr: 'substring(x, start, length)',
  concat: 'strcat(a, b)',
  ifnull: 'coalesce(a, b)',
  nvl: 'coalesce(a, b)',
  if: 'iff(condition, a, b)',
  getdate: 'now()',
  date_trunc: 'bin(time, 1d)',
  to_date: 'todatetime(x)',
  cast: 'tolong(x), tostring(x), todatetime(x)',
  regexp_like: 'x matches regex "…"',
  regexp_matches: 'x matches regex "…"',
  mvcount: 'array_length(x)',
  sumif: 'sumif(x, condition) behind summarize',
};

/** The analyser's message in words that say what is wrong. `at` is the text from the fault on. */
export function plainMessage(message: string, at: string): string {
  const word = /^\S{1,30}/.exec(at)?.[0];
  if (/^Expected: ;/.test(message))
    return word === undefined ? 'the query goes on here' : `${word} is not expected here`;
  if (/^The incomplete fragment is unexpected/.test(message)) return `${word ?? 'this'} is not expected here`;
  if (/^Query operator expected/.test(message))
    return 'an operator is expected here, such as where, extend or summarize';
  if (/^Missing: ["']/.test(message)) return 'the quotes of this text do not end';
  if (/^Missing expression/.test(message)) return 'an expression is missing here';
  if (/^Missing name/.test(message)) return 'a name is missing here';
  if (/^Expected: token/.test(message)) return 'something is missing here';
  const wanted = /^Expected: (\S+)$/.exec(message.trim())?.[1];
  if (wanted !== undefined) return `${wanted === '.' ? '..' : wanted} is expected here`;
  const unwanted = /^Unexpected: (\S+)$/.exec(message.trim())?.[1];
  if (unwanted !== undefined) return `${unwanted} is not expected here`;
  return message.trim().replace(/\.$/, '');
}
