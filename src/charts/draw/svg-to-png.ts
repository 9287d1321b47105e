import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { checkSvg } from './check-svg';

export interface Png {
  png: Uint8Array;
  width: number;
  height: number;
}

/** Points across and down, and bytes: what every chat takes (Teams is the strictest: 1024 × 1024, 1 MB). */
export const mostPoints = 1024;
export const mostBytes = 1_000_000;

/** Scripts that Noto Sans holds: Latin, Greek, Cyrillic, Devanagari and signs. For others the system's fonts are asked. */
const held =
  /^[\0-\u052f\u0900-\u097f\u1d00-\u1fff\u2000-\u215f\u2190-\u22ff\u25a0-\u25ff\u2c60-\u2c7f\ua640-\ua7ff\ufffd]*$/;

/**
 * Twice as fine as its points, for screens are, as far as the limits allow. Equal drawings give equal pictures on every machine,
 * unless they hold scripts that only a system's fonts have.
 */
export function svgToPng(
  svg: string,
  most: { points: number; bytes: number } = { points: mostPoints, bytes: mostBytes },
): Png {
  checkSvg(svg);
  let scale = 2;
  for (;;) {
    const drawn = draw(svg, scale, most.points);
    if (drawn.png.length <= most.bytes) return drawn;
    if (drawn.width < 200) throw new RangeError('the picture stays too large');
    scale = (drawn.scale * 3) / 4;
  }
}

function draw(svg: string, scale: number, points: number): Png & { scale: number } {
  const font = {
    loadSystemFonts: !held.test(svg),
    fontFiles: fontFiles(),
    defaultFontFamily: 'Noto Sans',
    sansSerifFamily: 'Noto Sans',
  };
  const size = new Resvg(svg, { font: { loadSystemFonts: false } });
  const fitting = Math.min(scale, points / size.width, points / size.height);
  const drawn = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: fitting } }).render();
  return { png: drawn.asPng(), width: drawn.width, height: drawn.height, scale: fitting };
}

let files: string[] | undefined;

function fontFiles(): string[] {
  const folder = dirname(require.resolve('@expo-google-fonts/noto-sans/package.json'));
  files ??= ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf'].map((name) => join(folder, name));
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`the font ${missing} is missing`);
  return files;
}
