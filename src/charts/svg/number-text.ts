const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** A number as people read it: `12,345`, `0.8125`, `1.2e+21`. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(2).replace(/\.?0+e/, 'e');
  return size >= 1000 || Number.isInteger(value) ? whole.format(value) : fraction.format(value);
}

const steps = [
  { from: 1e12, sign: 'T' },
  { from: 1e9, sign: 'G' },
  { from: 1e6, sign: 'M' },
] as const;

/** The same for an axis, where five digits and more would push the drawing aside: `12,345`, `2.5 M`, `3 G`. */
export function axisNumberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return numberText(value);
  const step = steps.find(({ from }) => size >= from);
  if (step) return `${fraction.format(value / step.from)} ${step.sign}`;
  return numberText(value);
}
