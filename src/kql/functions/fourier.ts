/** A series of complex numbers, changed in place by `transform`. */
export interface Complex {
  real: Float64Array;
  imag: Float64Array;
}

/** The discrete Fourier transform of a series of any length, in n·log n steps: sum of x[j]·e^(∓2πijk/n), not divided by n. */
export function transform({ real, imag }: Complex, inverse: boolean): Complex {
  const size = real.length;
  if (size <= 1) return { real: real.slice(), imag: imag.slice() };
  if ((size & (size - 1)) === 0) return powerOfTwo(real.slice(), imag.slice(), inverse);
  return anyLength(real, imag, inverse);
}

function powerOfTwo(real: Float64Array, imag: Float64Array, inverse: boolean): Complex {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    swap(real, i, j);
    swap(imag, i, j);
  }
  for (let length = 2; length <= size; length *= 2) butterflies(real, imag, length, inverse);
  return { real, imag };
}

function butterflies(real: Float64Array, imag: Float64Array, length: number, inverse: boolean): void {
  const half = length / 2;
  const { cos: cosines, sin: sines } = circle(length);
  for (let start = 0; start < real.length; start += length) {
    for (let k = 0; k < half; k++) {
      const [at, other] = [start + k, start + k + half];
      const cos = cosines[k] ?? 0;
      const sin = inverse ? (sines[k] ?? 0) : -(sines[k] ?? 0);
      const x = real[other] ?? 0;
      const y = imag[other] ?? 0;
      const a = x * cos - y * sin;
      const b = x * sin + y * cos;
      const p = real[at] ?? 0;
      const q = imag[at] ?? 0;
      real[at] = p + a;
      imag[at] = q + b;
      real[other] = p - a;
      imag[other] = q - b;
    }
  }
}

/** One entry for each power of two that was asked for. */
const circles = new Map<number, { cos: Float64Array; sin: Float64Array }>();

/** Half of the circle in `length` / 2 steps. */
function circle(length: number): { cos: Float64Array; sin: Float64Array } {
  const known = circles.get(length);
  if (known) return known;
  const angles = Float64Array.from({ length: length / 2 }, (_none, k) => (2 * Math.PI * k) / length);
  const made = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
  circles.set(length, made);
  return made;
}

/** Bluestein's way: a length that is no power of two becomes a convolution of one that is. */
function anyLength(real: Float64Array, imag: Float64Array, inverse: boolean): Complex {
  const size = real.length;
  const padded = 2 ** Math.ceil(Math.log2(2 * size + 1));
  const [cos, sin] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < size; i++) {
    const angle = (((inverse ? -1 : 1) * Math.PI) / size) * ((i * i) % (2 * size));
    cos[i] = Math.cos(angle);
    sin[i] = Math.sin(angle);
  }
  const a = { real: new Float64Array(padded), imag: new Float64Array(padded) };
  const b = { real: new Float64Array(padded), imag: new Float64Array(padded) };
  for (let i = 0; i < size; i++) {
    const [x, y, c, s] = [real[i] ?? 0, imag[i] ?? 0, cos[i] ?? 0, sin[i] ?? 0];
    a.real[i] = x * c + y * s;
    a.imag[i] = y * c - x * s;
    b.real[i] = c;
    b.imag[i] = s;
    if (i === 0) continue;
    b.real[padded - i] = c;
    b.imag[padded - i] = s;
  }
  const product = multiply(powerOfTwo(a.real, a.imag, false), powerOfTwo(b.real, b.imag, false));
  const round = powerOfTwo(product.real, product.imag, true);
  const result = { real: new Float64Array(size), imag: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    const [x, y, c, s] = [(round.real[i] ?? 0) / padded, (round.imag[i] ?? 0) / padded, cos[i] ?? 0, sin[i] ?? 0];
    result.real[i] = x * c + y * s;
    result.imag[i] = y * c - x * s;
  }
  return result;
}

function multiply(a: Complex, b: Complex): Complex {
  const size = a.real.length;
  const product = { real: new Float64Array(size), imag: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    const [p, q, x, y] = [a.real[i] ?? 0, a.imag[i] ?? 0, b.real[i] ?? 0, b.imag[i] ?? 0];
    product.real[i] = p * x - q * y;
    product.imag[i] = p * y + q * x;
  }
  return product;
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i] ?? 0;
  values[i] = values[j] ?? 0;
  values[j] = kept;
}
