import { textOf } from './expression';
import type { Step } from './operator';
import type { Random } from './random';
import type { Table, Type, Value } from './table';

/** mv-expand of one or two columns, in all its forms. */
export function randomMvExpand(given: Table, names: () => string, random: Random): Step | undefined {
  const { columns } = given;
  const arrays = columns
    .filter((column) => column.type === 'dynamic' && random.chance(0.7))
    .slice(0, 2)
    .map((column) => ({
      ...column,
      place: columns.indexOf(column),
      to: random.chance(0.4) ? random.pick<Type>(['string', 'long', 'bool', 'dynamic']) : undefined,
    }));
  if (arrays.length === 0) return undefined;
  const pairs = random.chance(0.3);
  const index = random.chance(0.3) ? names() : undefined;
  const limit = random.chance(0.2) ? 1 + random.below(2) : undefined;
  const list = arrays.map(({ name, to }) => `${name}${to ? ` to typeof(${to})` : ''}`).join(', ');
  const kind = pairs ? random.pick(['kind=array ', 'bagexpansion=array ']) : random.pick(['', 'kind=bag ']);
  const numbered = index === undefined ? '' : `with_itemindex=${index} `;
  const typed = columns.map((column, place) => ({
    ...column,
    type: arrays.find((one) => one.place === place)?.to ?? column.type,
  }));
  return {
    text: `mv-expand ${kind}${numbered}${list}${limit === undefined ? '' : ` limit ${limit}`}`,
    run({ rows }) {
      const expanded = rows.flatMap((row) => {
        const lists = arrays.map(({ place }) => itemsOf(row[place] ?? null, pairs).slice(0, limit));
        const length = Math.max(...lists.map((one) => one.length));
        return Array.from({ length }, (_, i) => {
          const values = row.map((value, place) => {
            const which = arrays.findIndex((one) => one.place === place);
            return which < 0 ? value : cast(lists[which]?.[i] ?? null, arrays[which]?.to ?? 'dynamic');
          });
          return index === undefined ? values : [...values, i];
        });
      });
      return { columns: index === undefined ? typed : [...typed, { name: index, type: 'long' }], rows: expanded };
    },
  };
}

/** Null is one item, an empty array or bag none; a bag gives bags of one key, or pairs of key and value. */
function itemsOf(value: Value, pairs: boolean): Value[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([key, one]) => (pairs ? [key, one] : { [key]: one }));
  return [value];
}

/** To a type without parsing: a text is no number. */
function cast(value: Value, type: Type): Value {
  if (type === 'string') return textOf(value);
  if (type === 'long')
    return typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? Math.trunc(value) : null;
  if (type === 'bool') return typeof value === 'number' ? value !== 0 : typeof value === 'boolean' ? value : null;
  return value;
}
