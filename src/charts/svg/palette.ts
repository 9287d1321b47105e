/**
 * Colours of everything drawn. A picture brings its own panel, because no chat says whether its reader's theme is light or dark:
 * a warm off-white that stands out on neither, with letters at a contrast of at least 7 to 1 on it and marks of at least 3 to 1
 * (WCAG 2.2, 1.4.6 and 1.4.11).
 */
export const panel = {
  background: '#fbf9f5',
  border: '#d8d0c4',
  text: '#2b2523',
  subtle: '#5a504b',
  grid: '#e6dfd4',
  axis: '#8a7f77',
} as const;

/** For one series, and for what shall be seen first. */
export const accent = '#1f5fa8';

/** Something to look at: an anomaly, a gap, a peak. */
export const alarm = '#b3261e';

/** Where nothing is, or nothing is known. */
export const empty = '#eee8de';

/** What was put together out of the series that found no room. */
export const rest = '#857a71';

/**
 * Twelve colours in an order in which neighbours differ in lightness as well as in hue, so that red-green and blue-yellow blindness,
 * and a print in grey, leave them apart.
 */
export const seriesColours = [
  '#1f5fa8',
  '#cf6a08',
  '#0b8a74',
  '#8e2f7a',
  '#a88207',
  '#3a93d2',
  '#a33a26',
  '#3d4f9f',
  '#5f8f2f',
  '#c9558d',
  '#5b4636',
  '#1e938e',
] as const;

/** Light to dark, for a quantity on a map or matrix; the first four take dark letters on them, the last two white ones. */
export const scaleColours = ['#e3edf8', '#b9d3ec', '#86b3dc', '#5592c8', '#2b6cae', '#174a80'] as const;

export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length] ?? accent;
}

/** Letters that can be read on a colour: dark or white, whichever contrasts more. */
export function letterOn(background: string): string {
  // Between the two contrasts with white and with the dark letters’ own 0.008.
  return luminance(background) > 0.196 ? '#1a1512' : '#ffffff';
}

/** WCAG's relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
