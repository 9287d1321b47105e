import { columnChart } from '../charts/svg/column-chart';
import { svgDocument, svgGroup, svgText } from '../charts/svg/document';
import { pictureWidth } from '../charts/svg/picture-width';
import { shortened } from './wording';

const hour = 3_600_000;
const day = 24 * hour;

/** Bookmarked rows of an entity over time, by hour or by day; null where they happened at one moment only. */
export function entityActivitySvg(
  name: string,
  moments: readonly { at: Date; rows: number }[],
): { svg: string; alt: string } | null {
  const times = moments.map((one) => one.at.getTime());
  const first = Math.min(...times);
  const last = Math.max(...times);
  if (moments.length < 2 || first === last) return null;
  const step = last - first <= 2 * day ? hour : day;
  const from = Math.floor(first / step);
  const bins = Math.min(400, Math.floor(last / step) - from + 1);
  const width = Math.max(step, ((Math.floor(last / step) - from + 1) * step) / bins);
  const values = Array.from({ length: bins }, () => 0);
  for (const one of moments) {
    const at = Math.min(bins - 1, Math.floor((one.at.getTime() - from * step) / width));
    values[at] = (values[at] ?? 0) + one.rows;
  }
  const labels = values.map((_, index) => {
    const text = new Date(from * step + index * width).toISOString();
    return step === hour ? text.slice(11, 16) : text.slice(5, 10);
  });
  const chart = columnChart({
    labels,
    series: [{ name: 'Bookmarked rows', values }],
    width: pictureWidth - 28,
    height: 150,
  });
  const total = moments.reduce((sum, one) => sum + one.rows, 0);
  const unit = step === hour ? 'hour' : 'day';
  const svg = svgDocument(pictureWidth, 206, [
    svgText(14, 26, `${shortened(name, 40)}: rows an ${unit}`.replace('an day', 'a day'), {
      size: 15,
      weight: 'bold',
      width: pictureWidth - 28,
    }),
    svgGroup(14, 40, [chart]),
  ]);
  const spans = `${new Date(first).toISOString().slice(0, 16).replace('T', ' ')} to ${new Date(last).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return { svg, alt: `${total} bookmarked rows by ${unit}, ${spans}.` };
}
