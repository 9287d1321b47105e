import type { Expr } from '../expr';
import { toJson } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';
import { numberOf, printSeries, realText, seriesNumbers, seriesTexts } from './series';

/** Whole numbers stay whole under these. */
const whole: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};
const real: Record<string, (a: number, b: number) => number> = { divide: (a, b) => a / b, pow: (a, b) => a ** b };
const comparisons: Record<string, (a: number, b: number) => boolean> = {
  equals: (a, b) => a === b,
  not_equals: (a, b) => a !== b,
  less: (a, b) => a < b,
  less_equals: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greater_equals: (a, b) => a >= b,
};
const unary: Record<string, (a: number) => number> = {
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  floor: Math.floor,
  ceiling: Math.ceil,
};
/** Those of `unary` that give back whole numbers for whole numbers. */
const keepsWhole = new Set(['abs', 'floor', 'ceiling', 'sign']);

function isWhole(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

function combine(name: string, a: string | undefined, b: string | undefined): string {
  const [x, y] = [numberOf(a ?? 'null'), numberOf(b ?? 'null')];
  if (x === null || y === null) return 'null';
  const compare = comparisons[name];
  if (compare) return String(compare(x, y));
  const wholeOf = whole[name];
  const result = (wholeOf ?? real[name])?.(x, y) ?? Number.NaN;
  return wholeOf && isWhole(a ?? '') && isWhole(b ?? '') ? String(result) : realText(result);
}

/** Element by element; the longer series ends in nulls, and a number goes with every element. */
function runBinary(name: unknown, left: unknown, right: unknown): string | null {
  if (typeof name !== 'string' || typeof left !== 'string' || typeof right !== 'string') return null;
  const a = seriesTexts(left);
  const b = seriesTexts(right);
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  if (!a && !b) return null;
  return printSeries(
    Array.from({ length }, (_none, index) => combine(name, a ? a[index] : left, b ? b[index] : right)),
  );
}

function runUnary(name: unknown, series: unknown): string | null {
  const texts = seriesTexts(series);
  if (typeof name !== 'string' || !texts) return null;
  return printSeries(
    texts.map((text) => {
      const number = numberOf(text);
      const result = number === null ? null : (unary[name]?.(number) ?? null);
      return result !== null && keepsWhole.has(name) && isWhole(text) ? String(result) : realText(result);
    }),
  );
}

const binaryScript: ScriptFunction = {
  name: 'kql_series_binary',
  parameters: ['VARCHAR', 'VARCHAR', 'VARCHAR'],
  returns: 'VARCHAR',
  run: runBinary,
};
const unaryScript: ScriptFunction = {
  name: 'kql_series_unary',
  parameters: ['VARCHAR', 'VARCHAR'],
  returns: 'VARCHAR',
  run: runUnary,
};

function textOf(value: Expr): string {
  return `(${toJson(value)})::VARCHAR`;
}

function measure(name: string, count: number, run: (a: number[], b: number[]) => number | null): ScalarFunction {
  const script: ScriptFunction = {
    name: `kql_${name}`,
    parameters: count === 2 ? ['VARCHAR', 'VARCHAR'] : ['VARCHAR'],
    returns: 'DOUBLE',
    run(left, right) {
      const a = seriesNumbers(left)?.filter((value) => value !== null);
      const b = count === 2 ? seriesNumbers(right)?.filter((value) => value !== null) : [];
      return a && b ? run(a, b) : null;
    },
  };
  return defineScalar({
    name,
    arity: [count, count],
    scripts: [script],
    compile: (args: Expr[]) => ({ sql: `${script.name}(${args.map(textOf).join(', ')})`, type: 'real' }),
  });
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function pearson(a: number[], b: number[]): number | null {
  if (a.length !== b.length || a.length === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const [x, y] = [a.map((value) => value - meanA), b.map((value) => value - meanB)];
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

export const seriesMathFunctions: ScalarFunction[] = [
  ...[...Object.keys(whole), ...Object.keys(real), ...Object.keys(comparisons)].map((name) =>
    defineScalar({
      name: `series_${name}`,
      arity: [2, 2],
      scripts: [binaryScript],
      compile: ([a, b], call) =>
        a && b
          ? { sql: `kql_series_binary('${name}', ${textOf(a)}, ${textOf(b)})::JSON`, type: 'dynamic' }
          : call.fail('type', `series_${name} needs two series`),
    }),
  ),
  ...Object.keys(unary).map((name) =>
    defineScalar({
      name: `series_${name}`,
      arity: [1, 1],
      scripts: [unaryScript],
      compile: ([a]: Expr[], call: CallSite) =>
        a
          ? { sql: `kql_series_unary('${name}', ${textOf(a)})::JSON`, type: 'dynamic' }
          : call.fail('type', `series_${name} needs a series`),
    }),
  ),
  measure('series_sum', 1, (a) => a.reduce((sum, value) => sum + value, 0)),
  measure('series_product', 1, (a) => a.reduce((product, value) => product * value, 1)),
  measure('series_magnitude', 1, (a) => Math.sqrt(dot(a, a))),
  measure('series_dot_product', 2, dot),
  measure('series_pearson_correlation', 2, pearson),
  measure('series_cosine_similarity', 2, (a, b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))),
];
