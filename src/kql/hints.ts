import type { Diagnostic } from './kusto';

interface Hint {
  /** The start of the text from the fault on. */
  at?: RegExp;
  /** The analyser's message. */
  said?: RegExp;
  hint: string;
}

/** What those who come from SQL, Splunk or a phone's keyboard write, and how it is written here. First match wins. */
const hints: Hint[] = [
  { at: /^[“”„‘’]/, hint: 'write straight quotes, " or \'' },
  { at: /^&/, hint: 'write `and`' },
  { at: /^\|\|/, hint: 'write `or`' },
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
];

/** How to write it instead, where what stands at the fault, or behind the operand it names, tells. */
export function hintFor({ Start, Length, Message }: Diagnostic, text: string): string | undefined {
  if (/^\s*select\b[\s\S]*\bfrom\b/i.test(text))
    return 'this looks like SQL; here it is: Table | where … | project a, b';
  const at = text.slice(Start).trimStart();
  const behind = text.slice(Start + Length).trimStart();
  const boolean = /must have the type bool/.test(Message);
  if (boolean && /^(?:\w+\s*)?=(?![=~])/.test(at)) return 'values are compared with ==';
  if (/\bnot\s*$/i.test(text.slice(0, Start))) return 'write not(…), with its condition in parentheses';
  return hints.find(
    ({ at: start, said }) =>
      (start === undefined || start.test(at) || (boolean && start.test(behind))) &&
      (said === undefined || said.test(Message) || (boolean && start?.test(behind))),
  )?.hint;
}
