import type { ColumnChoice } from './choose-columns';
import type { Gathered } from './gather-points';
import { type PiePlot, PlotRefusal } from './plot';
import type { RenderSpec } from './read-render';
import { addedUp } from './thin-points';

export interface PlotFacts {
  spec: RenderSpec;
  choice: ColumnChoice;
  gathered: Gathered;
  /** Of all columns. */
  names: string[];
}

const mostSlices = 12;

/** Slices from the largest on; what finds no room is one slice, for a pie is about shares. */
export function buildPie({ spec, choice, gathered, names }: PlotFacts): PiePlot {
  const points = addedUp(gathered.series.flatMap((series) => series.points));
  const name = names[choice.ys[0] ?? 0] ?? '';
  const slices = points
    .flatMap(([x, value]) => (value === null || value === 0 ? [] : [{ name: gathered.categories[x] ?? '', value }]))
    .toSorted((a, b) => b.value - a.value);
  if (slices.some(({ value }) => value < 0)) throw new PlotRefusal(`a pie has no place for negative values of ${name}`);
  if (slices.length === 0) throw new PlotRefusal(`${name} is 0 or missing in every row`);
  const shown = slices.length > mostSlices ? slices.slice(0, mostSlices - 1) : slices;
  const others = slices.slice(shown.length);
  if (others.length > 0) spec.notes.push(`${others.length.toLocaleString('en-US')} smaller slices are drawn as one.`);
  return {
    form: 'pie',
    title: spec.title ?? `${name} by ${names[choice.x] ?? ''}`,
    name,
    slices: [
      ...shown.map((slice) => ({ ...slice, role: 'plain' as const })),
      ...(others.length > 0
        ? [
            {
              name: `${others.length.toLocaleString('en-US')} more`,
              value: others.reduce((sum, { value }) => sum + value, 0),
              role: 'rest' as const,
            },
          ]
        : []),
    ],
    legend: spec.legend,
    notes: spec.notes,
  };
}
