/** A chart as data: what is drawn, with nothing of how. Texts are as the rows have them: whoever draws escapes and shortens. */
export type Plot = AxesPlot | PiePlot | CardPlot;

/** `x` is milliseconds since 1970 on a time axis, the place in `categories` on an axis of categories. Null: a gap. */
export type PlotPoint = [x: number, y: number | null];

export interface PlotSeries {
  name: string;
  points: PlotPoint[];
  /** From 0: one above the other, each with an axis of its own. */
  panel: number;
  /** `rest` is what was put together out of series that found no room, `alarms` are points to look at on another series. */
  role: 'plain' | 'rest' | 'alarms';
}

export interface PlotAxis {
  name: string;
  log: boolean;
}

export interface AxesPlot {
  form: 'lines' | 'areas' | 'columns' | 'bars' | 'points';
  title: string;
  x: PlotAxis & { kind: 'time' | 'number' | 'category'; categories: string[] };
  /** One for each panel. */
  y: (PlotAxis & { min?: number; max?: number })[];
  stack: 'none' | 'stacked' | 'full';
  legend: boolean;
  series: PlotSeries[];
  /** What the picture leaves out or does otherwise, for people. */
  notes: string[];
}

export interface PiePlot {
  form: 'pie';
  title: string;
  name: string;
  slices: { name: string; value: number; role: 'plain' | 'rest' }[];
  legend: boolean;
  notes: string[];
}

export interface CardPlot {
  form: 'card';
  title: string;
  facts: { label: string; value: string }[];
  notes: string[];
}

/** Why `render` cannot be followed, as a sentence that ends without a full stop. */
export class PlotRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlotRefusal';
  }
}
