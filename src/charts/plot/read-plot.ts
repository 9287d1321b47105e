import type { Cell } from '../../ports/query-engine';
import { numberText } from '../svg/number-text';
import { buildAxesPlot } from './build-axes-plot';
import { buildPie } from './build-pie';
import { nameOf } from './cell-values';
import { type ColumnChoice, chooseColumns } from './choose-columns';
import { createGathering } from './gather-points';
import { type Plot, PlotRefusal } from './plot';
import { type RenderSpec, readRender } from './read-render';

export interface PlotReader {
  /** False once no further row would be drawn. */
  add(rows: Cell[][]): boolean;
  /** Throws PlotRefusal where nothing can be drawn. */
  finish(): Plot;
}

/** Rows of a picture: what a result keeps by default. */
export const mostRows = 100_000;

/** Throws PlotRefusal; null for `render table`. */
export function createPlotReader(request: {
  render: { chart: string; properties: Record<string, string> };
  columns: { name: string; type: string }[];
  total: number;
}): PlotReader | null {
  const { columns, total } = request;
  const spec = readRender(request.render);
  if (!spec) return null;
  const notes = spec.notes;
  if (spec.chart === 'anomalychart' && !spec.anomalycolumns)
    notes.push(
      'Anomalies are marked where “anomalycolumns=” names them, for example those of series_decompose_anomalies.',
    );
  if (spec.chart === 'card') return cardReader(spec, columns);
  let rows = 0;
  let chosen: { choice: ColumnChoice; gathering: ReturnType<typeof createGathering> } | undefined;

  return {
    add(page) {
      for (const row of page) {
        if (rows >= mostRows) break;
        rows += 1;
        if (!chosen) {
          const choice = chooseColumns(spec, columns, row, notes);
          chosen = { choice: shapedFor(spec, choice), gathering: createGathering(shapedFor(spec, choice)) };
        }
        chosen.gathering.add(row);
      }
      return rows < mostRows;
    },
    finish() {
      if (!chosen) throw new PlotRefusal('there are no rows to draw');
      const { choice, gathering } = chosen;
      const { gathered } = gathering;
      if (total > rows)
        notes.push(
          `The picture shows the first ${rows.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} rows.`,
        );
      if (gathered.beyond > 0)
        notes.push(`${gathered.beyond.toLocaleString('en-US')} rows found no room in the picture.`);
      if (gathered.without > 0) {
        const name = columns[choice.x]?.name ?? 'x';
        notes.push(
          `Not drawn: ${gathered.without.toLocaleString('en-US')} ${gathered.without === 1 ? 'row' : 'rows'} without a value of ${name}.`,
        );
      }
      const facts = { spec, choice, gathered, names: columns.map((column) => column.name) };
      return spec.chart === 'piechart' ? buildPie(facts) : buildAxesPlot(facts);
    },
  };
}

/** Bars of numbers stand side by side like names; a pie has slices, whatever its first column is. */
function shapedFor(spec: RenderSpec, choice: ColumnChoice): ColumnChoice {
  if (spec.chart === 'piechart')
    return { ...choice, xKind: 'category', series: [], ys: choice.ys.slice(0, 1), alarms: [] };
  if (spec.chart === 'barchart') return { ...choice, xKind: 'category' };
  if (spec.chart === 'columnchart' && choice.xKind === 'number') return { ...choice, xKind: 'category' };
  return choice;
}

/** The first row's values, each under its column's name. */
function cardReader(spec: RenderSpec, columns: { name: string; type: string }[]): PlotReader {
  let row: Cell[] | undefined;
  return {
    add(page) {
      row ??= page[0];
      return row === undefined;
    },
    finish() {
      if (!row) throw new PlotRefusal('there are no rows to draw');
      const first = row;
      const most = 6;
      const facts = columns
        .slice(0, most)
        .map((column, at) => ({ label: column.name, value: cardValue(column.type, first[at]) }));
      if (columns.length > most) spec.notes.push(`The picture shows the first ${most} of ${columns.length} values.`);
      return { form: 'card', title: spec.title ?? '', facts, notes: spec.notes };
    },
  };
}

function cardValue(type: string, cell: Cell | undefined): string {
  if (typeof cell === 'number') return numberText(cell);
  if (type === 'datetime' && typeof cell === 'string') return `${cell.slice(0, 16).replace('T', ' ')} UTC`;
  return nameOf(cell);
}
