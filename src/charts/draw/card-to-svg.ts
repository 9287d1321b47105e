import type { CardPlot } from '../plot/plot';
import { svgDocument, svgText } from '../svg/document';
import { panel } from '../svg/palette';
import { pictureWidth } from '../svg/picture-width';
import { fitText, textWidth } from '../svg/text-width';

const width = pictureWidth;
const margin = 20;

/** Values in letters that are read across a room, each with its name below. */
export function cardToSvg({ title, facts }: CardPlot): string {
  const across = facts.length === 1 ? 1 : 2;
  const rows = Math.ceil(facts.length / across);
  const titled = title === '' ? 0 : 32;
  const each = 92;
  const room = (width - 2 * margin - (across - 1) * 16) / across;
  return svgDocument(width, margin * 2 + titled + rows * each - 14, [
    ...(titled > 0
      ? [svgText(margin, margin + 14, title, { size: 18, weight: 'bold', width: width - 2 * margin })]
      : []),
    ...facts.flatMap(({ label, value }, index) => {
      const x = margin + (index % across) * (room + 16);
      const y = margin + titled + Math.floor(index / across) * each;
      const size = sizeFor(value, room);
      return [
        svgText(x, y + 44, value, { size, weight: 'bold', width: room }),
        svgText(x, y + 68, label, { size: 15, fill: panel.subtle, width: room }),
      ];
    }),
  ]);
}

/** As large as its room allows; below the smallest it is cut. */
function sizeFor(value: string, room: number): number {
  const sizes = [44, 36, 28, 22, 17];
  const shown = fitText(value, 2000, 17, 'bold');
  return sizes.find((size) => textWidth(shown, size, 'bold') <= room) ?? 17;
}
