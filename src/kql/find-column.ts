import type { Context } from './context';
import type { RelationColumn } from './relation';

/**
 * The column of a name. Where a union holds the name once for each of its types, such as x_long and x_string, the analyser
 * still takes x for the first of them in most unions: so it is read here, and the answer says so.
 */
export function findColumn(
  columns: readonly RelationColumn[],
  name: string,
  context: Pick<Context, 'note'>,
): RelationColumn | undefined {
  const exact = columns.find((column) => column.name === name);
  if (exact) return exact;
  const split = columns.filter((column) => column.original === name);
  const [first] = split;
  if (first)
    context.note(
      `${name} has several types in the tables of the union, which holds it as ${split.map((column) => column.name).join(' and ')}: ${name} is read as ${first.name}, empty in rows of tables where it has another type.`,
    );
  return first;
}
