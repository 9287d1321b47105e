import { type Cell, type Column, QueryError } from '../../ports/query-engine';

/**
 * What the one row of `count` says. Rejects where the service ended the counting early, because what it says then is true of a part
 * only, and where the first table is no count: a text of several queries is counted at its last.
 */
export function countOfAnswer(
  service: string,
  answer: { columns: Column[]; rows: Cell[][]; cut: boolean; notes: string[] },
): number {
  if (answer.cut) throw new QueryError('limit', answer.notes[0] ?? `${service} did not count to the end`);
  const [column, ...others] = answer.columns;
  const count = Number(answer.rows[0]?.[0] ?? Number.NaN);
  if (column?.name !== 'Count' || others.length > 0 || answer.rows.length !== 1 || !Number.isInteger(count))
    throw new QueryError('unsupported', `${service} did not answer with a count: the text holds more than one query`);
  return count;
}
