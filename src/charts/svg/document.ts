import { cleanText } from './clean-text';
import { panel } from './palette';
import { fitText } from './text-width';

/** A piece of SVG whose every string is escaped already: only the builders of this file make one. */
export interface Svg {
  readonly svg: string;
}

type Attributes = Record<string, string | number | undefined>;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** `svgElement('rect', { x: 1, y: 2, width: 3, height: 4, fill: accent })`. Values are escaped, those undefined left out. */
export function svgElement(name: ElementName, attributes: Attributes, children: readonly Svg[] = []): Svg {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(String(value))}"`)
    .join('');
  const inside = children.map((child) => child.svg).join('');
  return { svg: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

/** What a drawing is made of: nothing that loads, links or runs. */
type ElementName = 'g' | 'rect' | 'line' | 'circle' | 'path' | 'polyline' | 'polygon';

export interface TextStyle {
  /** Points; 14 is what a phone still shows in a picture of `pictureWidth`. */
  size?: number;
  weight?: 'regular' | 'bold';
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
  /** Cut to this width, with an ellipsis. */
  width?: number;
}

/** One line of text whose baseline begins at (x, y). Any string will do: it is escaped, and unseen characters are shown. */
export function svgText(x: number, y: number, text: string, style: TextStyle = {}): Svg {
  const { size = 14, weight = 'regular', fill = panel.text, anchor = 'start', width } = style;
  const clean = cleanText(text);
  const shown = width === undefined ? clean : fitText(clean, width, size, weight);
  const attributes = `x="${rounded(x)}" y="${rounded(y)}" font-size="${rounded(size)}" fill="${escaped(fill)}"`;
  const heavy = weight === 'bold' ? ' font-weight="700"' : '';
  const at = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return { svg: `<text ${attributes}${heavy}${at}>${escaped(shown)}</text>` };
}

/** The children, moved. */
export function svgGroup(x: number, y: number, children: readonly Svg[]): Svg {
  return svgElement('g', { transform: `translate(${rounded(x)} ${rounded(y)})` }, children);
}

/** A whole document on the panel that is legible in light and dark themes: what `Pictures.draw` takes. At most 1024 × 1024 points. */
export function svgDocument(width: number, height: number, children: readonly Svg[]): string {
  if (!(width >= 1 && width <= 1024 && height >= 1 && height <= 1024))
    throw new RangeError(`a picture of ${width} × ${height} points: at most 1024 × 1024`);
  const ground = svgElement('rect', {
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 10,
    fill: panel.background,
    stroke: panel.border,
  });
  const size = `width="${rounded(width)}" height="${rounded(height)}"`;
  const box = `viewBox="0 0 ${rounded(width)} ${rounded(height)}"`;
  const inside = [ground, ...children].map((child) => child.svg).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} font-family="Noto Sans">${inside}</svg>`;
}

function rounded(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}
