import type { Cell } from '../../ports/query-engine';
import { nameOf, numberOf, timeOf } from './cell-values';
import type { ColumnChoice } from './choose-columns';

/** Every series as the rows have it: x as in PlotPoint, categories by their place in the order of the rows. */
export interface Gathered {
  series: GatheredSeries[];
  categories: string[];
  /** Rows without an x. */
  without: number;
  /** Rows beyond what is held. */
  beyond: number;
}

export interface GatheredSeries {
  /** The values that name it; empty where nothing does. */
  key: string;
  /** Which of the chosen y columns. */
  y: number;
  points: [x: number, y: number | null][];
  /** Where points to look at are marked: by place in `points`. */
  alarms: Set<number>;
}

/** Points held before drawing: more could not be told apart, and would take the thread's memory. */
export const mostPoints = 500_000;

/** Distinct series and categories held; a column that is different in every row names neither. */
const mostNames = 20_000;

/** Takes rows one after the other. */
export function createGathering(choice: ColumnChoice): { add(row: Cell[]): void; gathered: Gathered } {
  const byName = new Map<string, GatheredSeries[]>();
  const places = new Map<string, number>();
  const gathered: Gathered = { series: [], categories: [], without: 0, beyond: 0 };
  let held = 0;

  function seriesOf(row: Cell[]): GatheredSeries[] | undefined {
    const key = choice.series.map((at) => nameOf(row[at])).join(', ');
    const known = byName.get(key);
    if (known || byName.size >= mostNames) return known;
    const made = choice.ys.map((_, y): GatheredSeries => ({ key, y, points: [], alarms: new Set() }));
    byName.set(key, made);
    gathered.series.push(...made);
    return made;
  }

  function placeOf(cell: Cell | undefined): number | null {
    if (choice.xKind === 'time') return timeOf(cell);
    if (choice.xKind === 'number') return numberOf(cell);
    const name = nameOf(cell);
    const known = places.get(name);
    if (known !== undefined) return known;
    if (places.size >= mostNames) return null;
    places.set(name, places.size);
    gathered.categories.push(name);
    return places.size - 1;
  }

  function addPoint(series: GatheredSeries[], x: number, cells: (at: number) => Cell | undefined): void {
    for (const one of series) {
      const alarm = choice.alarms[one.y];
      if (alarm !== undefined && Math.abs(numberOf(cells(alarm)) ?? 0) > 0) one.alarms.add(one.points.length);
      one.points.push([x, numberOf(cells(choice.ys[one.y] ?? -1))]);
      held += 1;
    }
  }

  return {
    gathered,
    add(row) {
      const series = held < mostPoints ? seriesOf(row) : undefined;
      if (!series) {
        gathered.beyond += 1;
        return;
      }
      if (!choice.lists) {
        const x = placeOf(row[choice.x]);
        if (x === null) gathered.without += 1;
        else addPoint(series, x, (at) => row[at]);
        return;
      }
      const along = row[choice.x];
      if (!Array.isArray(along)) {
        gathered.without += 1;
        return;
      }
      for (const [index, cell] of along.entries()) {
        const x = placeOf(cell);
        if (x === null || held >= mostPoints) continue;
        addPoint(series, x, (at) => {
          const list = row[at];
          return Array.isArray(list) ? list[index] : null;
        });
      }
    },
  };
}
