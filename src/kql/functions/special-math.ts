import type { Expr } from '../expr';
import { convert } from './convert';
import { defineScalar, type ScalarFunction } from './define-function';

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  const sum = lanczos
    .slice(1)
    .reduce((total, factor, index) => total + factor / (shifted + index + 1), lanczos[0] ?? 0);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const safe = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return result;
}

/** The regularised incomplete beta function: the probability of at most x. */
function betaCdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaPdf(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return Number.NaN;
  return Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x));
}

/** By halving: 200 halvings reach the last bit. */
function betaInverse(p: number, a: number, b: number): number | null {
  if (!(a > 0 && b > 0)) return Number.NaN;
  if (!(p >= 0 && p <= 1)) return null;
  let [low, high] = [0, 1];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The complement of the error function: a series near 0, a continued fraction further out. */
function errorComplement(x: number): number {
  if (x < 0) return 2 - errorComplement(-x);
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** The two-sided probability of Welch's t-test. */
function welch(
  mean1: number,
  variance1: number,
  count1: number,
  mean2: number,
  variance2: number,
  count2: number,
): number {
  const [a, b] = [variance1 / count1, variance2 / count2];
  const t = (mean1 - mean2) / Math.sqrt(a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (count1 - 1) + b ** 2 / (count2 - 1));
  return betaCdf(freedom / (freedom + t * t), freedom / 2, 0.5);
}

function onReals(name: string, count: number, run: (...numbers: number[]) => number | null): ScalarFunction {
  return defineScalar({
    name,
    arity: [count, count],
    scripts: [
      {
        name: `kql_${name}`,
        parameters: Array.from({ length: count }, () => 'DOUBLE' as const),
        returns: 'DOUBLE',
        run(...values) {
          const numbers = values.filter((value) => typeof value === 'number');
          return numbers.length === count ? run(...numbers) : null;
        },
      },
    ],
    compile: (args: Expr[]) => ({
      sql: `kql_${name}(${args.map((arg) => convert(arg, 'real').sql).join(', ')})`,
      type: 'real',
    }),
  });
}

export const specialMathFunctions: ScalarFunction[] = [
  onReals('beta_cdf', 3, (x = 0, a = 0, b = 0) => betaCdf(x, a, b)),
  onReals('beta_pdf', 3, (x = 0, a = 0, b = 0) => betaPdf(x, a, b)),
  onReals('beta_inv', 3, (p = 0, a = 0, b = 0) => betaInverse(p, a, b)),
  onReals('erf', 1, (x = 0) =>
    Math.abs(x) < 2 ? 1 - errorComplement(x) : Math.sign(x) * (1 - errorComplement(Math.abs(x))),
  ),
  onReals('erfc', 1, (x = 0) => errorComplement(x)),
  onReals('welch_test', 6, (a = 0, b = 0, c = 0, d = 0, e = 0, f = 0) => welch(a, b, c, d, e, f)),
];
