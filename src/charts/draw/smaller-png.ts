import { Resvg } from '@resvg/resvg-js';
import type { Png } from './svg-to-png';

/** Below this nobody reads a letter of it. */
const leastWidth = 300;

/** The same picture in fewer points, so that it takes at most `bytes`; null where it would have to be too small. */
export function smallerPng(png: Uint8Array, bytes: number): Png | null {
  const from = Buffer.from(png);
  const [width, height] = [from.readUInt32BE(16), from.readUInt32BE(20)];
  if (png.length <= bytes) return { png, width, height };
  // A picture of half the width is about a third of the bytes.
  for (let wide = Math.min(width * 0.8, width * (bytes / png.length) ** 0.6); wide >= leastWidth; wide *= 0.85) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${from.toString('base64')}"/></svg>`;
    const drawn = new Resvg(svg, {
      font: { loadSystemFonts: false },
      fitTo: { mode: 'width', value: Math.round(wide) },
    }).render();
    const small = drawn.asPng();
    if (small.length <= bytes) return { png: small, width: drawn.width, height: drawn.height };
  }
  return null;
}
