import { parseRawJson, printRawJson } from './raw-json';

/** The elements of a JSON array as their texts, or undefined where it is none. */
export function seriesTexts(text: unknown): string[] | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const value = parseRawJson(text);
  return value.kind === 'array' ? value.items.map(printRawJson) : undefined;
}

/** The elements as numbers, null for everything else. */
export function seriesNumbers(text: unknown): (number | null)[] | undefined {
  return seriesTexts(text)?.map(numberOf);
}

export function numberOf(text: string): number | null {
  if (text === '"NaN"') return Number.NaN;
  if (text === '"Infinity"') return Number.POSITIVE_INFINITY;
  if (text === '"-Infinity"') return Number.NEGATIVE_INFINITY;
  return /^-?\d/.test(text) ? Number(text) : null;
}

/** A real as it stands in a dynamic array: with its decimal point, NaN and infinities as texts. */
export function realText(value: number | null): string {
  if (value === null) return 'null';
  if (!Number.isFinite(value)) return `"${value}"`;
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

export function printSeries(texts: string[]): string {
  return `[${texts.join(',')}]`;
}

/** The numbers that a statistic counts: finite ones, or all that are numbers. */
export function presentNumbers(values: (number | null)[], finiteOnly: boolean): number[] {
  return values.filter((value) => value !== null).filter((value) => !finiteOnly || Number.isFinite(value));
}

interface SeriesStatistics {
  min: number;
  min_idx: number;
  max: number;
  max_idx: number;
  avg: number;
  stdev: number;
  variance: number;
  sum: number;
  len: number;
}

/** Over no number at all undefined; the sample's deviation, 0 for one number. */
export function statisticsOf(values: (number | null)[], finiteOnly: boolean): SeriesStatistics | undefined {
  const numbers = presentNumbers(values, finiteOnly);
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, value) => total + value, 0);
  const avg = sum / numbers.length;
  const squares = numbers.reduce((total, value) => total + (value - avg) ** 2, 0);
  const variance = numbers.length > 1 ? squares / (numbers.length - 1) : 0;
  const min = numbers.reduce((least, value) => Math.min(least, value));
  const max = numbers.reduce((most, value) => Math.max(most, value));
  return {
    min,
    min_idx: values.indexOf(min),
    max,
    max_idx: values.indexOf(max),
    avg,
    stdev: Math.sqrt(variance),
    variance,
    sum,
    len: values.length,
  };
}
