import * as echarts from 'echarts';
import type { AxesPlot } from '../plot/plot';
import { type Svg, svgDocument, svgGroup, svgText } from '../svg/document';
import { panel } from '../svg/palette';
import { pictureWidth } from '../svg/picture-width';
import { textWidth } from '../svg/text-width';
import { axesOption, colourOf, type PanelPlace, slantedNames } from './axes-option';
import { drawLegend, type LegendEntry } from './legend';

const width = pictureWidth;
const margin = 16;
const caption = 20;

echarts.setPlatformAPI({
  // There is no canvas to measure on: the widths of the font that is drawn with.
  measureText(text: string, font?: string) {
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12);
    return { width: textWidth(text, size, /bold|[67]00/.test(font ?? '') ? 'bold' : 'regular') };
  },
});

/** A chart with axes, as wide as a phone shows it, with the names of what is measured above and below. */
export function axesToSvg(plot: AxesPlot): string {
  const inner = width - 2 * margin;
  const legend = drawLegend(legendOf(plot), inner);
  const titled = plot.title === '' ? 0 : 30;
  // What the title says already is not said twice.
  const named = plot.y.map((axis) =>
    axis.name === '' || (plot.y.length === 1 && plot.title.startsWith(axis.name)) ? 0 : caption,
  );
  const heights = plot.y.map(() => panelHeight(plot));
  const start = margin + titled;
  let next = start;
  const places = heights.map((height, index): PanelPlace => {
    const top = next + (named[index] ?? 0);
    next = top + height;
    return { top, height };
  });
  const below = next + (plot.form === 'bars' ? -caption + 6 : 6);
  const height = Math.min(1024, below + caption + (legend.height > 0 ? legend.height + 8 : 0) + margin - 6);
  const bottom = below + 12;
  return svgDocument(width, height, [
    ...(titled > 0 ? [svgText(margin, margin + 15, plot.title, { size: 18, weight: 'bold', width: inner })] : []),
    ...places.flatMap(({ top }, index) =>
      (named[index] ?? 0) > 0
        ? [svgText(margin, top - 5, plot.y[index]?.name ?? '', { size: 14, fill: panel.subtle, width: inner })]
        : [],
    ),
    drawnByEcharts(plot, places, start, next - start),
    ...xCaption(plot, bottom),
    svgGroup(margin, bottom + 12, [legend.svg]),
  ]);
}

function drawnByEcharts(plot: AxesPlot, places: PanelPlace[], top: number, height: number): Svg {
  const inner = width - margin - 8;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: inner, height });
  try {
    chart.setOption(
      axesOption(
        plot,
        inner,
        places.map((place) => ({ ...place, top: place.top - top })),
      ),
    );
    return svgGroup(margin - 4, top, [plainSvg(chart.renderToSVGString())]);
  } finally {
    // Left alone it keeps a timer, and with it the thread.
    chart.dispose();
  }
}

/** As the drawing library reads it: it knows no `font` in one word, and a style sheet that is empty is only in the way. */
function plainSvg(svg: string): Svg {
  return {
    svg: svg
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(
        /style="font: (\w+) (\w+) ([\d.]+)px [^"]*"/g,
        'style="font-style:$1;font-weight:$2;font-size:$3px;font-family:Noto Sans"',
      ),
  };
}

function panelHeight(plot: AxesPlot): number {
  if (plot.form === 'bars') {
    const bars = plot.x.categories.length * (plot.stack === 'none' ? Math.max(1, plot.series.length) : 1);
    const each = plot.stack === 'none' && plot.series.length > 1 ? 14 : 25;
    return Math.max(110, Math.min(640, 44 + Math.max(bars * each, plot.x.categories.length * 25)));
  }
  return (plot.y.length > 1 ? 140 : 240) + (slantedNames(plot, width) ? 50 : 0);
}

/** `TimeGenerated · 2026-11-18 to 2026-11-25 UTC`. */
function xCaption(plot: AxesPlot, y: number): Svg[] {
  if (plot.form === 'bars') return [];
  const style = { size: 14, fill: panel.subtle, anchor: 'middle', width: width - 2 * margin } as const;
  if (plot.x.kind !== 'time') return [svgText(width / 2, y, plot.x.name, style)];
  const times = plot.series.flatMap((one) => one.points.map(([x]) => x));
  const first = times.reduce((low, x) => Math.min(low, x), Number.POSITIVE_INFINITY);
  const last = times.reduce((high, x) => Math.max(high, x), Number.NEGATIVE_INFINITY);
  return [svgText(width / 2, y, `${plot.x.name} · ${spanText(first, last)}`, style)];
}

/** To the minute where that tells more than the days. */
function spanText(first: number, last: number): string {
  const [from, to] = [first, last].map((time) => new Date(time).toISOString().slice(0, 16).replace('T', ' '));
  if (from === undefined || to === undefined || from === to) return `${to} UTC`;
  if (last - first > 3 * 86_400_000) return `${from.slice(0, 10)} to ${to.slice(0, 10)} UTC`;
  return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}

function legendOf(plot: AxesPlot): LegendEntry[] {
  const alone = plot.series.length === 1;
  if (!plot.legend || alone) return [];
  return plot.series.flatMap((one, index) =>
    // A panel says by itself what it measures.
    plot.y.length > 1 && plot.series.filter(({ panel: at }) => at === one.panel).length === 1
      ? []
      : [
          {
            name: one.name,
            colour: colourOf(plot, index),
            mark: one.role === 'alarms' ? ('ring' as const) : ('square' as const),
          },
        ],
  );
}
