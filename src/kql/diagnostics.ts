import type { QueryErrorCode } from '../ports/query-engine';
import type { CompileInput } from './compile-input';
import { aggregateFunctions, scalarFunctions } from './functions/registry';
import { hintFor, plainMessage } from './hints';
import { KqlError } from './kql-error';
import { type Diagnostic, listItems, type ParsedCode } from './kusto';
import { nearest } from './nearest-name';
import { operators } from './operators/registry';

const unknownNames = new Set([
  'KS122',
  'KS123',
  'KS124',
  'KS128',
  'KS142',
  'KS143',
  'KS181',
  'KS204',
  'KS207',
  'KS208',
  'KS209',
  'KS210',
  'KS211',
  'KS236',
  'KS237',
  'KS247',
  'KS248',
]);
/** Faults of form that the analyser finds after parsing. */
const forms = new Set([
  'KS100',
  'KS101',
  'KS102',
  'KS103',
  'KS104',
  'KS105',
  'KS170',
  'KS172',
  'KS174',
  'KS175',
  'KS176',
  'KS177',
  'KS189',
  'KS198',
]);
const limits = new Set(['KS244', 'KS245']);

/** Throws the first error that the analyser found: the first in the text, syntax before names before types. */
export function throwDiagnostics(code: ParsedCode, input: CompileInput): void {
  const errors = listItems(code.GetDiagnostics()).filter((one) => one.Severity === 'Error' && !isOwn(one, input.text));
  const rank = (one: Diagnostic) => ['limit', 'syntax', 'unknown-name', 'type'].indexOf(codeOf(one));
  errors.sort((a, b) => rank(a) - rank(b) || a.Start - b.Start);
  const [first] = errors;
  if (!first) return;
  const { Start, Length, Message } = first;
  const blank = /^\s*(?=\S)/.exec(input.text.slice(Start))?.[0].length ?? 0;
  const said = unknownOperator(first, input.text) ?? plainMessage(Message, input.text.slice(Start + blank));
  const message = `${said}${/did you mean/.test(said) ? '' : advice(first, code, input)}`;
  const missing = wantsTable(first, input.text) ? /'([^']+)'/.exec(Message)?.[1] : undefined;
  throw new KqlError(codeOf(first), message, Start + blank, Math.max(1, Length - blank), missing);
}

/** Only a table could stand where the unknown name does: the analyser knows, except of a statement that is nothing but the name. */
function wantsTable({ Code, Start, Length }: Diagnostic, text: string): boolean {
  if (Code === 'KS204') return true;
  const whole = /(^|;)\s*$/.test(text.slice(0, Start)) && /^\s*(;|$)/.test(text.slice(Start + Length));
  return Code === 'KS142' && whole;
}

/** Whether the analyser misses a name such as x_long, which a union gives where its tables disagree about the type of x. */
export function missesSplitColumn(code: ParsedCode, text: string): boolean {
  if (!/\b(union|search|find)\b/.test(text)) return false;
  return listItems(code.GetDiagnostics()).some(
    ({ Code, Message }) =>
      Code === 'KS142' && /'\w+_(bool|int|long|real|decimal|string|datetime|timespan|guid|dynamic)\d*'/.test(Message),
  );
}

export function hasErrors(code: ParsedCode): boolean {
  return listItems(code.GetDiagnostics()).some((one) => one.Severity === 'Error');
}

/** Faults that the analyser sees because it knows neither what columns bag_unpack and pivot give nor all their arguments: the compiler does. */
function isOwn(diagnostic: Diagnostic, text: string): boolean {
  const before = text.slice(0, diagnostic.Start);
  if (diagnostic.Code === 'KS145') return /\b(bag_unpack|pivot)\s*\(/.test(before);
  if (diagnostic.Code === 'KS119') return diagnostic.Message.includes("'bag_unpack'");
  // The analyser wants an int where the engine behind Kusto takes a plain 5 too.
  if (/type int expected/.test(diagnostic.Message)) return isInside('series_fit_poly', before);
  return codeOf(diagnostic) === 'type' && isInside('bag_unpack', before);
}

/** Whether a text ends among the arguments of a call. */
function isInside(name: string, text: string): boolean {
  const from = text.lastIndexOf(name);
  const inner = from < 0 ? '' : text.slice(from + name.length).replace(/"[^"\n]*"|'[^'\n]*'/g, '');
  return (inner.match(/[([{]/g)?.length ?? 0) > (inner.match(/[)\]}]/g)?.length ?? 0);
}

/** The analyser says `Query operator expected` of a word that it does not know. */
function unknownOperator({ Code, Start }: Diagnostic, text: string): string | undefined {
  const word = Code === 'KS176' ? /^[\w-]+/.exec(text.slice(Start))?.[0] : undefined;
  if (word === undefined) return undefined;
  const found = nearest(
    word,
    [...operators.values()].map((operator) => operator.name),
  );
  return `${word} is not an operator${found === undefined ? '' : `; did you mean ${found}?`}`;
}

function codeOf({ Code }: Diagnostic): QueryErrorCode {
  if (limits.has(Code)) return 'limit';
  if (unknownNames.has(Code)) return 'unknown-name';
  return /^KS0/.test(Code) || forms.has(Code) ? 'syntax' : 'type';
}

function advice(diagnostic: Diagnostic, code: ParsedCode, input: CompileInput): string {
  const hint = hintFor(diagnostic, input.text);
  if (hint !== undefined) return `; ${hint}`;
  if (codeOf(diagnostic) !== 'unknown-name') return '';
  if (madeInSameStep(diagnostic, input.text))
    return '; a column can be used from the next step on: put | extend in between';
  const found = suggestion(diagnostic, code, input);
  return found === undefined ? '' : `; did you mean ${found}?`;
}

/** The two names that tables of the same workspace have for the time of a record. */
const times = new Map([
  ['TimeGenerated', 'Timestamp'],
  ['Timestamp', 'TimeGenerated'],
]);

function suggestion(diagnostic: Diagnostic, code: ParsedCode, input: CompileInput): string | undefined {
  const name = /'([^']+)'/.exec(diagnostic.Message)?.[1];
  if (name === undefined) return undefined;
  const tables = [...input.tables, ...(input.functions ?? [])].map((one) => one.name);
  if (diagnostic.Code === 'KS204') return nearest(name, tables);
  const called = /^\s*\(/.test(input.text.slice(diagnostic.Start + diagnostic.Length));
  if (called) return nearest(name, [...scalarFunctions.keys(), ...aggregateFunctions.keys(), ...tables]);
  const scope = code.GetColumnsInScope(diagnostic.Start)?.Columns;
  const columns = scope ? listItems(scope).map((column) => column.Name) : [];
  const time = times.get(name);
  if (time !== undefined && columns.includes(time)) return time;
  return nearest(name, [...columns, ...letNames(input.text), ...tables]);
}

/** Whether the step that the fault stands in gives the name to a column: `extend a = 1, b = a`. */
function madeInSameStep({ Message, Start }: Diagnostic, text: string): boolean {
  const name = /'(\w+)'/.exec(Message)?.[1];
  const step = text.slice(text.lastIndexOf('|', Start) + 1, Start);
  return name !== undefined && new RegExp(`[\\s,]${name}\\s*=(?![=~])`).test(step);
}

function letNames(text: string): string[] {
  return [...text.matchAll(/\blet\s+(\w+)\s*=/g)].map((match) => match[1] ?? '');
}
