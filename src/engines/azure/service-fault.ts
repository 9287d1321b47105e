import { z } from 'zod';
import { QueryError, type QueryErrorCode } from '../../ports/query-engine';

/** What the service said over HTTP, not yet read. Header names are in lower case. */
export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  body: string;
}

/** One fault as the services nest it: codes from the outermost inwards, and what the innermost says. */
export interface Fault {
  codes: string[];
  message: string;
  /** 1 is the first line of the text that was sent; `position` counts characters from 0. */
  line?: number;
  position?: number;
  /** The service calls it a warning: the answer is whole. */
  warning: boolean;
}

interface Nested {
  code?: string | number | undefined;
  message?: string | undefined;
  '@type'?: string | undefined;
  '@message'?: string | undefined;
  line?: number | undefined;
  pos?: number | undefined;
  severity?: number | undefined;
  details?: Nested[] | undefined;
  innererror?: Nested | undefined;
}

const NestedError: z.ZodType<Nested> = z.lazy(() =>
  z.looseObject({
    code: z.union([z.string(), z.number()]).optional(),
    message: z.string().optional(),
    '@type': z.string().optional(),
    '@message': z.string().optional(),
    line: z.number().optional().catch(undefined),
    pos: z.number().optional().catch(undefined),
    severity: z.number().optional().catch(undefined),
    details: z.array(NestedError).optional().catch(undefined),
    innererror: NestedError.optional().catch(undefined),
  }),
);

/** Reads an error as Log Analytics and Data Explorer write it; null where the value is no such error. */
export function readFault(value: unknown): Fault | null {
  const parsed = NestedError.safeParse(value);
  if (!parsed.success) return null;
  const fault: Fault = { codes: [], message: '', warning: false };
  let severity: number | undefined;
  for (let level: Nested | undefined = parsed.data; level; level = level.innererror ?? level.details?.[0]) {
    if (level.code !== undefined) fault.codes.push(String(level.code));
    if (level['@type']) fault.codes.push(level['@type']);
    fault.message = level['@message'] ?? level.message ?? fault.message;
    if (level.line !== undefined && level.pos !== undefined) {
      fault.line = level.line;
      fault.position = level.pos;
    }
    severity = level.severity ?? severity;
  }
  if (fault.codes.length === 0 && fault.message === '') return null;
  fault.warning = severity !== undefined && severity > 2;
  const code = /\b(SYN|SEM)\d{4}\b/.exec(fault.message)?.[0];
  if (code && !fault.codes.includes(code)) fault.codes.push(code);
  const place = /\[line:position=(\d+):(\d+)\]/.exec(fault.message);
  if (place && fault.line === undefined && Number(place[1]) > 0) {
    fault.line = Number(place[1]);
    fault.position = Number(place[2]);
  }
  return fault;
}

const unresolvedNames = /^SEM0(100|139|260)$/;
const pastLimits =
  /^(LimitsExceeded|E_QUERY_RESULT_SET_TOO_LARGE|E_RUNAWAY_QUERY|E_LOW_MEMORY_CONDITION|TooManyRequests|-21331967(97|99|93))$|LimitsExceeded|Throttl/;
const tooLarge = /^(E_QUERY_RESULT_SET_TOO_LARGE|-2133196797)$/;

/** The service cut the answer at its own limit of rows or bytes. */
export function isCutAnswer(fault: Fault): boolean {
  return fault.codes.some((code) => tooLarge.test(code)) || /\b(0x)?80DA0003\b/.test(fault.message);
}

/** The port's error for a fault. `prefixLines` is how many lines were put before the person's text. */
export function faultToError(service: string, status: number, fault: Fault | null, prefixLines: number): QueryError {
  const code = codeOf(status, fault);
  const said = fault ? wordsOf(fault.message) : '';
  const reason = fault?.codes.at(-1);
  const message = said
    ? `${service}: ${said}${reason && !said.includes(reason) ? ` (${reason})` : ''}`
    : `${service} answered with status ${status}`;
  const line = fault?.line === undefined ? 0 : fault.line - prefixLines;
  const place = line >= 1 ? { line, column: (fault?.position ?? 0) + 1 } : {};
  return new QueryError(code, message, place.line, place.column, missingTable(code, said));
}

/** Both services give a missing table and a missing column the same code: the words alone tell them apart. */
function missingTable(code: QueryErrorCode, said: string): string | undefined {
  if (code !== 'unknown-name') return undefined;
  return /Failed to resolve table(?: or column)? expression named '([^']+)'/.exec(said)?.[1];
}

const longestMessage = 1000;

/** Data Explorer wraps what went wrong in a standing phrase, its place and the whole query. */
function wordsOf(message: string): string {
  const words = message
    .replace(/^Request is invalid and cannot be (processed|executed): /, '')
    .replace(/\s*\[line:position=\d+:\d+\]\.?/, '')
    .replace(/\s*Query: '[\s\S]*$/, '')
    .trim();
  return words.length > longestMessage ? `${words.slice(0, longestMessage)}…` : words;
}

function codeOf(status: number, fault: Fault | null): QueryErrorCode {
  const has = (pattern: RegExp) => fault?.codes.some((code) => pattern.test(code)) ?? false;
  if (has(/^SYN\d|SyntaxE(rror|xception)$|_Syntax/)) return 'syntax';
  if (has(unresolvedNames)) return 'unknown-name';
  if (has(/^SEM\d|SemanticE(rror|xception)$|_Semantic/)) return 'type';
  if (status === 401 || status === 403 || has(/^Forbidden|Unauthorized|InsufficientAccess/)) return 'refused';
  if (status === 404 || has(/NotExist|NotFound/)) return 'unknown-name';
  if (status === 429 || status === 413 || has(pastLimits) || (fault && isCutAnswer(fault))) return 'limit';
  if (status === 504 || status === 408 || has(/Time-?d?_?out/i)) return 'timeout';
  if (has(/Cancel/i)) return 'cancelled';
  return status === 400 ? 'refused' : 'internal';
}
