import { randomAggregate } from './aggregate';
import { keyOf, type Step } from './operator';
import type { Random } from './random';
import type { Table, Value } from './table';

/** make-series over a long axis, by up to two columns. */
export function randomMakeSeries({ columns }: Table, names: () => string, random: Random): Step | undefined {
  const axis = columns.filter((column) => column.type === 'long');
  if (axis.length === 0) return undefined;
  const on = random.pick(axis);
  const place = columns.indexOf(on);
  const keys = columns
    .filter((column) => column !== on && column.type !== 'dynamic' && random.chance(0.4))
    .slice(0, 2)
    .map((column) => ({ ...column, place: columns.indexOf(column) }));
  const aggregate = randomAggregate(columns, random);
  if (aggregate.type !== 'long') return undefined;
  const name = names();
  const fallback = random.chance(0.5) ? random.pick([-1, 7]) : undefined;
  const [start, step, points] = [random.below(6) - 3, 1 + random.below(3), 1 + random.below(5)];
  const end = start + step * points - random.below(step);
  const nonEmpty = random.chance(0.3);
  const given = fallback === undefined ? '' : ` default=${fallback}`;
  const by = keys.length > 0 ? ` by ${keys.map((key) => key.name).join(', ')}` : '';
  const kind = nonEmpty ? 'kind=nonempty ' : '';
  return {
    text: `make-series ${kind}${name} = ${aggregate.text}${given} on ${on.name} from ${start} to ${end} step ${step}${by}`,
    run({ rows }) {
      const inside = rows.filter(
        (row) => row[place] !== null && Number(row[place]) >= start && Number(row[place]) < end,
      );
      const groups = new Map<string, Value[][]>(nonEmpty && keys.length === 0 ? [['[]', []]] : []);
      for (const row of inside) {
        const key = keyOf(keys.map((one) => row[one.place] ?? null));
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      const grid = Array.from({ length: points }, (_, i) => start + i * step);
      return {
        columns: [
          ...keys.map((key) => ({ name: key.name, type: key.type })),
          { name, type: 'dynamic' },
          { name: on.name, type: 'dynamic' },
        ],
        rows: [...groups].map(([key, group]) => {
          const values = grid.map((point) => {
            const met = group.filter((row) => Number(row[place]) >= point && Number(row[place]) < point + step);
            return met.length > 0 ? aggregate.over(met) : (fallback ?? 0);
          });
          return [...JSON.parse(key), values, grid];
        }),
      };
    },
  };
}
