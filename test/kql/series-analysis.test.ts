import type { Cell } from '../../src/ports/query-engine';
import { type Kql, openKql } from './run-kql';

let kql: Kql;
beforeAll(async () => {
  kql = await openKql();
});
afterAll(() => kql.close());

/** Five weeks of hours with a quiet weekend, a dip or spike in six of them, and noise that is the same at every run. */
function weeks(slope: number): number[] {
  let seed = 7;
  return Array.from({ length: 24 * 7 * 5 }, (_none, index) => {
    seed = (seed * 16_807) % 2_147_483_647;
    const t = index + 1;
    const hour = (t % 24) / 10;
    const spikes: Record<number, number> = { 150: -8, 200: -8, 780: -8, 300: 8, 400: 8, 600: 8 };
    const base = ((t / 24) % 7 >= 5 ? 10 : 15) - hour * hour;
    return base + slope * t + (spikes[t] ?? 0) + (2 * seed) / 2_147_483_647;
  });
}

async function first(text: string): Promise<Record<string, Cell>> {
  return (await kql.records(text))[0] ?? {};
}

function numbers(cell: Cell | undefined): number[] {
  return Array.isArray(cell) ? cell.map(Number) : [];
}

function marked(flags: Cell | undefined): number[] {
  return numbers(flags).flatMap((flag, index) => (flag === 0 ? [] : [flag * (index + 1)]));
}

describe('seasons', () => {
  const traffic = `dynamic([${weeks(0).join(',')}])`;

  it('finds the week, and marks the dips and spikes that were put in', async () => {
    const row = await first(`print y = ${traffic} | extend series_decompose_anomalies(y, 2.5)`);
    expect(Object.keys(row)).toEqual([
      'y',
      'series_decompose_anomalies_y_ad_flag',
      'series_decompose_anomalies_y_ad_score',
      'series_decompose_anomalies_y_baseline',
    ]);
    expect(marked(row.series_decompose_anomalies_y_ad_flag)).toEqual([-150, -200, 300, 400, 600, -780]);
  });

  it('names the week before the day', async () => {
    const row = await first(`print y = ${traffic} | project (periods, scores) = series_periods_detect(y, 4, 200, 3)`);
    expect(numbers(row.periods).slice(0, 2)).toEqual([168, 24]);
  });

  it('follows a trend where it is told to', async () => {
    const rising = `dynamic([${weeks(1 / 72).join(',')}])`;
    const row = await first(`
      print y = ${rising}
      | extend (flag, score, baseline) = series_decompose_anomalies(y, 2.5, -1, 'linefit')`);
    expect(marked(row.flag)).toEqual([-150, -200, 300, 400, 600, -780]);
  });

  it('takes a series apart so that its parts make the series again', async () => {
    const row = await first(`
      print y = dynamic([1, 2, 9, 2, 3, 10, 3, 4, 11, 4, 5, 12])
      | project (baseline, seasonal, trend, residual) = series_decompose(y, 3, 'linefit')`);
    const [seasonal, trend, residual] = [row.seasonal, row.trend, row.residual].map(numbers);
    expect(seasonal).toEqual([2.5, 3.5, 10.5, 2.5, 3.5, 10.5, 2.5, 3.5, 10.5, 2.5, 3.5, 10.5]);
    const sums = seasonal?.map((value, i) => Math.round(value + (trend?.[i] ?? 0) + (residual?.[i] ?? 0)));
    expect(sums).toEqual([1, 2, 9, 2, 3, 10, 3, 4, 11, 4, 5, 12]);
  });

  it('predicts the points at the end without having seen them', async () => {
    const row = await first(`
      print y = dynamic([1, 5, 1, 5, 1, 5, 0, 0])
      | project baseline = series_decompose_forecast(y, 2, 2)`);
    expect(numbers(row.baseline)).toEqual([1, 5, 1, 5, 1, 5, 1, 5]);
  });

  it('marks the one hour in which something happened', async () => {
    const row = await first(`
      print y = dynamic([0,0,0,0,0,0,0,0,0,0,0,0,0,0,3,0,0,0,0,0])
      | project (flag, score) = series_decompose_anomalies(y)`);
    expect(marked(row.flag)).toEqual([15]);
  });

  it('refuses a trend that it does not know, by its place', () => {
    expect(kql.refusal('print series_decompose(dynamic([1,2]), 0, "cubic")').message).toMatch(/"avg", "linefit"/);
  });
});

describe('periods', () => {
  const halfDays = `dynamic([80, 139, 87, 110, 68, 54, 50, 51, 53, 133, 86, 141, 97, 156, 94, 149, 95, 140, 77, 61, 50, 54, 47, 133,
    72, 152, 94, 148, 105, 162, 101, 160, 87, 63, 53, 55, 54, 151, 103, 189, 108, 183, 113, 175, 113, 178, 90, 71, 62, 62, 65, 165,
    109, 181, 115, 182, 121, 178, 114, 170])`;

  it('finds the week of the documentation', async () => {
    const row = await first(`print y = ${halfDays} | project series_periods_detect(y, 0.0, 50.0, 2)`);
    expect(numbers(row.series_periods_detect_y_periods)).toEqual([14, 0]);
    expect(numbers(row.series_periods_detect_y_scores).map((score) => score.toFixed(2))).toEqual(['0.84', '0.00']);
  });

  it('validates the periods it is given', async () => {
    const row = await first(`print y = ${halfDays} | project series_periods_validate(y, 14.0, 10.0, 3.0)`);
    expect(numbers(row.series_periods_validate_y_scores).map((score) => score.toFixed(2))).toEqual([
      '0.84',
      '0.00',
      '0.00',
    ]);
  });

  it('sees no period in what does not repeat, is flat or too short', async () => {
    const row = await first(`
      print a = series_seasonal(dynamic([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6])), b = series_seasonal(dynamic([7, 7, 7, 7, 7, 7, 7, 7, 7]))`);
    expect([...numbers(row.a), ...numbers(row.b)].every((value) => value === 0)).toBe(true);
  });

  it('repeats the medians of the period it found', async () => {
    const row = await first(`
      print a = series_seasonal(dynamic([2, 5, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1])),
        b = series_seasonal(dynamic([8, 12, 14, 12, 10, 10, 12, 14, 12, 10, 10, 12, 14, 12, 10, 10, 12, 14, 12, 10]))`);
    expect(numbers(row.a).slice(0, 7)).toEqual([1, 2, 3, 4, 3, 2, 1]);
    expect(numbers(row.b).slice(0, 6)).toEqual([10, 12, 14, 12, 10, 10]);
  });
});

describe('fits', () => {
  it('splits a series where two lines fit best', async () => {
    const row = await first(`
      print y = dynamic([1, 2, 3, 4, 5, 20, 18, 16, 14])
      | project series_fit_2lines(y), d = series_fit_2lines_dynamic(y)`);
    expect(row).toMatchObject({
      series_fit_2lines_y_split_idx: 5,
      series_fit_2lines_y_rsquare: 1,
      series_fit_2lines_y_left_slope: 1,
      series_fit_2lines_y_right_slope: -2,
      series_fit_2lines_y_right_interception: 20,
      d: { split_idx: 5, left: { slope: 1 }, right: { slope: -2 } },
    });
    expect(numbers(row.series_fit_2lines_y_line_fit)).toEqual([1, 2, 3, 4, 5, 20, 18, 16, 14]);
  });

  it('finds the coefficients of a polynomial, the highest power first', async () => {
    const row = await first(`
      range x from -5.0 to 5.0 step 0.5
      | summarize x = make_list(x), y = make_list(pow(x, 5) - 8 * pow(x, 3) + 10 * x + 6)
      | project (rsquare, coefficients) = series_fit_poly(y, x, 5)`);
    expect(numbers(row.coefficients).map((value) => Math.round(value * 1e6) / 1e6 + 0)).toEqual([1, 0, -8, 0, 10, 6]);
    expect(row.rsquare).toBeCloseTo(1);
  });

  it('counts x from 1 where none is given', async () => {
    const row = await first('print (r, c) = series_fit_poly(dynamic([5, 7, 9]))');
    expect(row).toBeDefined();
    const named = await first('print y = dynamic([5, 7, 9]) | project (r, c) = series_fit_poly(y)');
    expect(numbers(named.c).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([2, 3]);
  });
});

describe('Fourier transforms', () => {
  it.each([8, 12, 7])('gives a series of %i points back', async (size) => {
    const y = Array.from({ length: size }, (_none, index) => (index * index) % 7);
    const row = await first(`
      print y = dynamic([${y.join(',')}])
      | extend (re, im) = series_fft(y)
      | extend (back, nothing) = series_ifft(re, im)`);
    expect(numbers(row.re)[0]).toBeCloseTo(y.reduce((sum, value) => sum + value, 0));
    for (const [index, value] of numbers(row.back).entries()) expect(value).toBeCloseTo(y[index] ?? 0, 9);
  });

  it('puts a wave at its frequency', async () => {
    const row = await first(`
      range x from 0 to 15 step 1
      | summarize y = make_list(sin(2 * pi() * x / 8))
      | project (re, im) = series_fft(y)`);
    expect(numbers(row.im).map((value) => Math.round(value) + 0)).toEqual([
      0, 0, -8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0,
    ]);
  });
});
