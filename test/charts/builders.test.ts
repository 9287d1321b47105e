import { svgToPng } from '../../src/charts/draw/svg-to-png';
import { barSpark } from '../../src/charts/svg/bar-spark';
import { columnChart } from '../../src/charts/svg/column-chart';
import { svgDocument, svgElement, svgGroup, svgText } from '../../src/charts/svg/document';
import { axisNumberText, numberText } from '../../src/charts/svg/number-text';
import { empty, letterOn, panel, scaleColours, seriesColours } from '../../src/charts/svg/palette';
import { fitText, textWidth } from '../../src/charts/svg/text-width';

test('every string is escaped, and what XML cannot hold is shown', () => {
  const { svg } = svgText(1, 2, `<b>&"'\u0000\u202e\ud800\n`, { fill: '"><script>' });
  expect(svg).toBe(
    '<text x="1" y="2" font-size="14" fill="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&quot;&#39;··\ufffd </text>',
  );
  expect(svgElement('rect', { fill: '"/><image href="x"', rx: undefined }).svg).toBe(
    '<rect fill="&quot;/&gt;&lt;image href=&quot;x&quot;"/>',
  );
  expect(svgText(Number.NaN, Number.POSITIVE_INFINITY, 'x').svg).toContain('x="0" y="0"');
});

test('a document is at most 1024 points across and down', () => {
  expect(() => svgDocument(1025, 10, [])).toThrow(RangeError);
  expect(() => svgDocument(10, Number.NaN, [])).toThrow(RangeError);
  expect(svgToPng(svgDocument(1024, 300, []))).toMatchObject({ width: 1024, height: 300 });
  expect(svgToPng(svgDocument(440, 300, []))).toMatchObject({ width: 880, height: 600 });
});

test('a text is cut to its width', () => {
  const cut = fitText('powershell.exe -EncodedCommand SQBFAFgA', 100, 14);
  expect(cut).toMatch(/^powershell.*…$/);
  expect(textWidth(cut, 14)).toBeLessThanOrEqual(100);
  expect(fitText('short', 100, 14)).toBe('short');
  expect(fitText('x'.repeat(10_000_000), 100, 14).length).toBeLessThan(30);
});

test.each([
  [0, '0', '0'],
  [1234, '1,234', '1,234'],
  [1_234_567, '1,234,567', '1.235 M'],
  [0.81254, '0.8125', '0.8125'],
  [-2e9, '-2,000,000,000', '-2 G'],
  [1e300, '1e+300', '1e+300'],
  [2.5e-7, '2.5e-7', '2.5e-7'],
])('%d in words', (value, whole, short) => {
  expect(numberText(value)).toBe(whole);
  expect(axisNumberText(value)).toBe(short);
});

function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [one, other].map((colour) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
    const [red = 0, green = 0, blue = 0] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

test('letters and marks stand out from the panel', () => {
  for (const letters of [panel.text, panel.subtle]) expect(contrast(letters, panel.background)).toBeGreaterThan(7);
  for (const colour of seriesColours) expect([colour, contrast(colour, panel.background) > 3]).toEqual([colour, true]);
  for (const colour of [empty, ...seriesColours, ...scaleColours])
    expect([colour, contrast(letterOn(colour), colour) > 4.2]).toEqual([colour, true]);
});

test('columns and sparks take any numbers', () => {
  const labels = ['Mon', 'Tue', '<Wed>', 'Thu'];
  const series = [
    { name: 'new', values: [1, 2, null, -4] },
    { name: 'known', values: [0, Number.NaN, Number.POSITIVE_INFINITY, 3] },
  ];
  const chart = columnChart({ labels, series, width: 300, height: 120 });
  const empty = columnChart({ labels: [], series: [], width: 300, height: 120 });
  const spark = barSpark([1, null, 0, 7, -2], { width: 100, height: 20, mark: 3 });
  const svg = svgDocument(440, 320, [
    svgGroup(10, 10, [chart]),
    svgGroup(10, 140, [empty]),
    svgGroup(10, 280, [spark, barSpark([], { width: 9, height: 9 })]),
  ]);
  expect(svg).not.toMatch(/NaN|Infinity|<Wed>/);
  expect(svgToPng(svg).png.length).toBeGreaterThan(1000);
});
