import type { ScalarFunction } from './define-function';
import { transform } from './fourier';
import { printSeries, realText, seriesNumbers } from './series';
import { defineSeries } from './series-function';

function run(inverse: boolean) {
  return (realPart: unknown, imaginary: unknown): string | null => {
    const real = seriesNumbers(realPart);
    if (!real) return null;
    const imag = seriesNumbers(imaginary) ?? [];
    const size = real.length;
    const result = transform(
      {
        real: Float64Array.from(real, (value) => value ?? 0),
        imag: Float64Array.from({ length: size }, (_none, index) => imag[index] ?? 0),
      },
      inverse,
    );
    const print = (values: Float64Array) =>
      printSeries(Array.from(values, (value) => realText(inverse ? value / size : value)));
    return `{"real":${print(result.real)},"imag":${print(result.imag)}}`;
  };
}

function fourier(name: string, inverse: boolean): ScalarFunction {
  return defineSeries({
    name,
    arity: [1, 2],
    parameters: ['VARCHAR', 'VARCHAR'],
    run: run(inverse),
    columns: [
      ['real', 'dynamic'],
      ['imag', 'dynamic'],
    ],
    difference: 'the last digits of the numbers may differ; a null counts as 0',
  });
}

export const fourierFunctions: ScalarFunction[] = [fourier('series_fft', false), fourier('series_ifft', true)];
