import { cleanText } from '../svg/clean-text';
import type { Svg } from '../svg/document';
import { svgElement, svgGroup, svgText } from '../svg/document';
import { fitText, textWidth } from '../svg/text-width';

export interface LegendEntry {
  name: string;
  colour: string;
  /** A ring for points on another series, a square for everything else. */
  mark: 'square' | 'ring';
}

const letters = 14;
const rowHeight = 22;
const swatch = 11;
const gap = 18;
/** Half a picture: two names beside each other at the least. */
const longestName = 172;

/** Names with their colours, flowing into as many rows as they need. */
export function drawLegend(entries: readonly LegendEntry[], width: number): { height: number; svg: Svg } {
  let [x, y] = [0, 0];
  const drawn = entries.map(({ name, colour, mark }) => {
    const text = fitText(cleanText(name), Math.min(longestName, width - swatch - 6), letters);
    const taken = swatch + 6 + textWidth(text, letters);
    if (x > 0 && x + taken > width) {
      x = 0;
      y += rowHeight;
    }
    const at = svgGroup(x, y, [markOf(mark, colour), svgText(swatch + 6, 14, text, { size: letters })]);
    x += taken + gap;
    return at;
  });
  return { height: entries.length === 0 ? 0 : y + rowHeight, svg: svgGroup(0, 0, drawn) };
}

function markOf(mark: LegendEntry['mark'], colour: string): Svg {
  if (mark === 'ring')
    return svgElement('circle', { cx: swatch / 2, cy: 9.5, r: 4.5, fill: 'none', stroke: colour, 'stroke-width': 2.5 });
  return svgElement('rect', { x: 0, y: 4, width: swatch, height: swatch, rx: 2.5, fill: colour });
}
