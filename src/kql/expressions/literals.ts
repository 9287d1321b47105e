import type { ColumnType } from '../../ports/query-engine';
import type { Context } from '../context';
import type { Expr, Json } from '../expr';
import { convert } from '../functions/convert';
import { literal, nullOf } from '../functions/literal';
import { parseDatetime, parseTimespan } from '../functions/parse-datetime';
import { quoteText } from '../functions/quote-text';
import { ticksPerDay } from '../functions/ticks';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, sourceText, tokenText } from '../kusto';

const literalTypes: Record<string, ColumnType> = {
  BooleanLiteralExpression: 'bool',
  IntLiteralExpression: 'int',
  LongLiteralExpression: 'long',
  RealLiteralExpression: 'real',
  DecimalLiteralExpression: 'decimal',
  DateTimeLiteralExpression: 'datetime',
  TimespanLiteralExpression: 'timespan',
  GuidLiteralExpression: 'guid',
  StringLiteralExpression: 'string',
  CompoundStringLiteralExpression: 'string',
  DynamicExpression: 'dynamic',
};

export function isLiteral(node: SyntaxNode): boolean {
  return kindOf(node) in literalTypes;
}

export function compileLiteral(node: SyntaxNode, context: Context): Expr {
  const type = literalTypes[kindOf(node)];
  if (type === undefined) return context.fail(node, 'unsupported', `${sourceText(node)} is not supported`);
  if (type === 'dynamic') return dynamicLiteral(jsonOf(part(node, 'Expression'), context));
  if (kindOf(node) === 'CompoundStringLiteralExpression') {
    return literal(listOf(node, 'Tokens').map(tokenText).join(''), 'string');
  }
  const text = tokenText(part(node, 'Token'));
  const value = readValue(text, type) ?? (type === 'datetime' ? timeOfToday(text, context) : undefined);
  if (value === undefined) return context.fail(node, 'syntax', `${sourceText(node)} is not a ${type}`);
  return value;
}

/** A time of day without a date is one of the day of the query, as .NET reads it for Kusto. */
function timeOfToday(text: string, context: Context): Expr | undefined {
  const bare = text
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2')
    .trim();
  const time = /^\d{1,2}:\d{2}/.test(bare) ? parseDatetime(`0001-01-01 ${bare}`) : undefined;
  if (time === undefined) return undefined;
  context.note(`datetime(${bare}) has no date: the day of the query is taken.`);
  return literal(context.input.now - (context.input.now % ticksPerDay) + time, 'datetime');
}

function readValue(text: string, type: ColumnType): Expr | undefined {
  if (type === 'string') return literal(text, type);
  const bare = text.trim().replace(/^(['"])(.*)\1$/, '$2');
  if (/^null$/i.test(bare)) return nullOf(type);
  switch (type) {
    case 'bool':
      return /^(true|false|[-+]?\d+)$/i.test(bare)
        ? literal(/^true$/i.test(bare) || Number(bare) > 0 || Number(bare) < 0, type)
        : undefined;
    case 'int':
    case 'long':
      return wholeNumber(bare, type);
    case 'real':
      return realNumber(bare);
    case 'decimal':
      return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(bare) ? literal(bare, type) : undefined;
    case 'guid':
      return /^\{?[0-9a-f-]{32,36}\}?$/i.test(bare)
        ? literal(bare.replace(/[{}]/g, '').toLowerCase(), type)
        : undefined;
    case 'datetime':
      return withTicks(parseDatetime(bare.replace(/^(\d{4})\s*[-,]\s*(\d{1,2})\s*[-,]\s*(\d{1,2})/, '$1-$2-$3')), type);
    case 'timespan':
      return withTicks(parseTimespan(bare), type);
    default:
      return undefined;
  }
}

function withTicks(ticks: bigint | undefined, type: ColumnType): Expr | undefined {
  return ticks === undefined ? undefined : literal(ticks, type);
}

function wholeNumber(text: string, type: 'int' | 'long'): Expr | undefined {
  const match = /^([-+]?)(0x[0-9a-f]+|\d+)$/i.exec(text);
  if (!match?.[2]) return undefined;
  const bits = type === 'int' ? 32 : 64;
  const size = BigInt(match[2]);
  const signed = match[1] === '-' ? -size : size;
  const value = /^0x/i.test(match[2]) ? BigInt.asIntN(bits, signed) : signed;
  return value === BigInt.asIntN(bits, value) ? literal(value, type) : undefined;
}

function realNumber(text: string): Expr | undefined {
  if (/^nan$/i.test(text)) return literal(Number.NaN, 'real');
  const infinite = /^([-+]?)inf(inity)?$/i.exec(text);
  if (infinite) return literal(infinite[1] === '-' ? -Infinity : Infinity, 'real');
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? literal(Number(text), 'real') : undefined;
}

function dynamicLiteral({ value, text }: ParsedJson): Expr {
  const plain = literal(value, 'dynamic');
  return value === null ? plain : { ...plain, sql: `${quoteText(text)}::JSON` };
}

interface ParsedJson {
  value: Json;
  /** As Kusto writes it: a real stays a real, 2.0 not 2. */
  text: string;
}

/** The JSON of what stands in `dynamic(…)`: literals of Kusto's types among it become what Kusto keeps of them. */
function jsonOf(node: SyntaxNode, context: Context): ParsedJson {
  switch (kindOf(node)) {
    case 'JsonObjectExpression': {
      const pairs = listOf(node, 'Pairs').map((pair) => ({
        key: tokenText(part(pair, 'Name')),
        ...jsonOf(part(pair, 'Value'), context),
      }));
      return {
        value: Object.fromEntries(pairs.map(({ key, value }) => [key, value])),
        text: `{${pairs.map(({ key, text }) => `${JSON.stringify(key)}:${text}`).join(',')}}`,
      };
    }
    case 'JsonArrayExpression': {
      const items = listOf(node, 'Values').map((value) => jsonOf(value, context));
      return { value: items.map((item) => item.value), text: `[${items.map((item) => item.text).join(',')}]` };
    }
    case 'NullLiteralExpression':
      return { value: null, text: 'null' };
    case 'UnaryMinusExpression': {
      const inner = jsonOf(part(node, 'Expression'), context);
      if (typeof inner.value === 'number') return { value: -inner.value, text: `-${inner.text}` };
      return context.fail(node, 'syntax', `${sourceText(node)} is not a JSON value`);
    }
  }
  if (!isLiteral(node)) {
    const inner = optionalPart(node, 'Expression');
    return inner
      ? jsonOf(inner, context)
      : context.fail(node, 'unsupported', `${sourceText(node)} is not supported in dynamic()`);
  }
  const literalValue = compileLiteral(node, context);
  const value = jsonValue(literalValue, node, context);
  const whole =
    literalValue.type === 'real' && typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15;
  return { value, text: whole ? `${value}.0` : JSON.stringify(value) };
}

function jsonValue(expr: Expr, node: SyntaxNode, context: Context): Json {
  const value = expr.constant?.value ?? null;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'bigint') return value;
  if (expr.type === 'datetime') return datetimeText(value);
  if (expr.type === 'timespan') return timespanText(value);
  if (Number.isSafeInteger(Number(value))) return Number(value);
  return context.fail(node, 'unsupported', 'a long past 2^53 in dynamic() is not supported; write it as a string');
}

function datetimeText(ticks: bigint): string {
  const milliseconds = Number((ticks - 621_355_968_000_000_000n) / 10_000n);
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.${String(ticks % 10_000_000n).padStart(7, '0')}Z`;
}

function timespanText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const two = (n: bigint) => String(n).padStart(2, '0');
  const days = size / 864_000_000_000n;
  const clock = [(size / 36_000_000_000n) % 24n, (size / 600_000_000n) % 60n, (size / 10_000_000n) % 60n]
    .map(two)
    .join(':');
  const fraction = size % 10_000_000n;
  return `${ticks < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

/** A constant in a column of another type, as `datatable` allows: `1` in a real column, a text in a datetime column. */
export function literalAs(value: Expr, type: ColumnType): Expr {
  const known = value.constant?.value;
  if (value.type === type || known === undefined) return convert(value, type);
  if (type === 'dynamic') return literal(typeof known === 'bigint' ? Number(known) : known, type);
  if (known === null) return nullOf(type);
  return readValue(String(known), type) ?? convert(value, type);
}
