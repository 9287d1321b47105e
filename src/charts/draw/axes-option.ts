import type { EChartsOption, SeriesOption } from 'echarts';
import type { AxesPlot, PlotSeries } from '../plot/plot';
import { cleanText } from '../svg/clean-text';
import { axisNumberText } from '../svg/number-text';
import { alarm, panel, rest, seriesColour } from '../svg/palette';
import { fitText, textWidth } from '../svg/text-width';
import { timeLabels } from './time-labels';

const letters = 14;
const labelStyle = { color: panel.subtle, fontSize: letters, fontFamily: 'Noto Sans' } as const;
const axisLine = { show: true, lineStyle: { color: panel.axis, width: 1 } };
const splitLine = { show: true, lineStyle: { color: panel.grid, width: 1 } };

/** Where a panel's drawing lies in the picture given to ECharts. */
export interface PanelPlace {
  top: number;
  height: number;
}

/** Widest name of a bar. */
const barLabel = 140;

/** What ECharts is asked to draw: axes and marks alone; title, legend and names of axes are set around it. */
export function axesOption(plot: AxesPlot, width: number, places: readonly PanelPlace[]): EChartsOption {
  const upright = plot.form !== 'bars';
  const along = places.map((_, panelIndex) => ({ ...alongAxis(plot, width), gridIndex: panelIndex }));
  const measured = plot.y.map((_, panelIndex) => ({ ...measureAxis(plot, panelIndex), gridIndex: panelIndex }));
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: 'Noto Sans', fontSize: letters, color: panel.text },
    grid: places.map(({ top, height }) => ({
      left: slantedNames(plot, width) ? 34 : 4,
      right: plot.x.kind === 'category' && plot.form !== 'bars' ? 16 : 28,
      top: top + 8,
      height: height - 8,
      containLabel: true,
    })),
    xAxis: (upright ? along : measured) as EChartsOption['xAxis'],
    yAxis: (upright ? measured : along) as EChartsOption['yAxis'],
    series: plot.series.map((one, index) => seriesOption(plot, one, colourOf(plot, index))),
  } as EChartsOption;
}

/** By its place among the series that have a colour of their own. */
export function colourOf(plot: Pick<AxesPlot, 'series'>, index: number): string {
  const series = plot.series[index];
  if (series?.role === 'rest') return rest;
  if (series?.role === 'alarms') return alarm;
  return seriesColour(plot.series.slice(0, index).filter(({ role }) => role === 'plain').length);
}

function alongAxis(plot: AxesPlot, width: number) {
  const { x } = plot;
  const line = { axisLine, axisTick: { show: false }, splitLine: { show: false } };
  if (x.kind === 'category') {
    const names = x.categories.map((name) => cleanText(name));
    if (plot.form === 'bars')
      return {
        ...line,
        type: 'category',
        data: names,
        inverse: true,
        axisLabel: {
          ...labelStyle,
          color: panel.text,
          interval: 0,
          formatter: (name: string) => fitText(name, barLabel, letters),
        },
      };
    const room = (width - 60) / Math.max(1, names.length);
    const slanted = slantedNames(plot, width);
    return {
      ...line,
      type: 'category',
      data: names,
      boundaryGap: plot.form === 'columns' || names.length === 1,
      axisLabel: {
        ...labelStyle,
        ...(names.length <= 24 ? { interval: 0 } : {}),
        rotate: slanted ? 40 : 0,
        formatter: (name: string) => fitText(name, slanted ? 116 : room, letters),
      },
    };
  }
  if (x.kind === 'time')
    return {
      ...line,
      type: 'time',
      axisLabel: { ...labelStyle, hideOverlap: true, ...timeLabels(plot) },
      splitNumber: 4,
    };
  return {
    ...line,
    type: x.log ? 'log' : 'value',
    scale: true,
    axisLabel: { ...labelStyle, hideOverlap: true, formatter: axisNumberText },
    splitNumber: 5,
  };
}

/** Names too wide to stand beside each other. */
export function slantedNames({ form, x }: AxesPlot, width: number): boolean {
  if (x.kind !== 'category' || form === 'bars') return false;
  const room = (width - 60) / Math.max(1, x.categories.length);
  return x.categories.some((name) => textWidth(cleanText(name), letters) > room - 4);
}

function measureAxis(plot: AxesPlot, index: number) {
  const axis: AxesPlot['y'][number] = plot.y[index] ?? { name: '', log: false };
  const full = plot.stack === 'full';
  return {
    type: axis.log ? 'log' : 'value',
    min: axis.min ?? (full ? 0 : undefined),
    max: axis.max ?? (full ? 100 : undefined),
    scale:
      (plot.form === 'lines' || plot.form === 'points') &&
      farFromZero(plot.series.filter((one) => one.panel === index)),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine,
    axisLabel: {
      ...labelStyle,
      hideOverlap: true,
      formatter: (value: number) => (full ? `${axisNumberText(value)} %` : axisNumberText(value)),
    },
    ...(full && axis.min === undefined && axis.max === undefined ? { interval: 25 } : {}),
    splitNumber: plot.y.length > 1 ? 2 : 4,
  };
}

/** A line between 9,990 and 10,000 would be flat above an axis that begins at 0. */
function farFromZero(series: readonly PlotSeries[]): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { points } of series)
    for (const [, y] of points) {
      if (y === null) continue;
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  if (low === high) return false;
  return low > 0 ? low > high * 0.7 : high < 0 && high < low * 0.7;
}

function seriesOption(plot: AxesPlot, series: PlotSeries, colour: string): SeriesOption {
  const upright = plot.form !== 'bars';
  const data = series.points.map(([x, y]) => (upright ? [x, y] : [y, x]));
  const base = {
    name: series.name,
    data,
    xAxisIndex: series.panel,
    yAxisIndex: series.panel,
    silent: true,
    clip: true,
    ...(plot.stack === 'none' || series.role === 'alarms' ? {} : { stack: `s${series.panel}` }),
  };
  if (series.role === 'alarms')
    return {
      ...base,
      type: 'scatter',
      symbol: 'circle',
      symbolSize: 11,
      z: 5,
      itemStyle: { color: 'transparent', borderColor: colour, borderWidth: 2.5 },
    };
  switch (plot.form) {
    case 'lines':
    case 'areas': {
      const few = series.points.length <= 30 && plot.series.length <= 4;
      return {
        ...base,
        type: 'line',
        symbol: 'circle',
        symbolSize: few ? 6 : 5,
        // A value between two gaps would be no line at all.
        showSymbol: few || series.points.length === 1,
        connectNulls: false,
        lineStyle: {
          color: colour,
          width: plot.form === 'areas' ? 1.5 : 2.25,
          type: series.role === 'rest' ? 'dashed' : 'solid',
        },
        itemStyle: { color: colour },
        ...(plot.form === 'areas'
          ? { areaStyle: { color: colour, opacity: plot.stack === 'none' ? 0.22 : 0.75 } }
          : {}),
      };
    }
    case 'points':
      return {
        ...base,
        type: 'scatter',
        symbol: 'circle',
        symbolSize: series.points.length > 400 ? 4 : 7,
        itemStyle: { color: colour, opacity: series.points.length > 400 ? 0.55 : 0.8 },
      };
    case 'columns':
    case 'bars':
      return {
        ...base,
        type: 'bar',
        barMaxWidth: 46,
        barGap: '8%',
        barCategoryGap: '24%',
        itemStyle: { color: colour, ...(plot.stack === 'none' ? { borderRadius: 2 } : {}) },
        ...valueLabels(plot, series),
      };
    default:
      return plot.form satisfies never;
  }
}

/** The numbers themselves, where there is room for them. */
function valueLabels(plot: AxesPlot, series: PlotSeries) {
  const room = plot.form === 'bars' ? 18 : 8;
  if (plot.series.length > 1 || plot.x.kind !== 'category' || series.points.length > room) return {};
  const bars = plot.form === 'bars';
  return {
    label: {
      show: true,
      position: bars ? 'right' : 'top',
      color: panel.text,
      fontSize: letters,
      fontFamily: 'Noto Sans',
      formatter: ({ value }: { value: unknown }) =>
        Array.isArray(value) ? axisNumberText(Number(value[bars ? 0 : 1])) : '',
    },
  } as const;
}
