import type { Cell } from '../../ports/query-engine';

/** Milliseconds since 1970 of a datetime cell; null where it is none. */
export function timeOf(cell: Cell | undefined): number | null {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(cell)) return null;
  const time = Date.parse(cell);
  return Number.isNaN(time) ? null : time;
}

/** A number, a long or decimal kept as text, or a timespan in seconds; null where the cell is none of them, or not finite. */
export function numberOf(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell !== 'string' || cell.trim() === '') return null;
  const number = Number(cell);
  if (Number.isFinite(number)) return number;
  return secondsOf(cell);
}

const timespan = /^(-)?(?:(\d+)\.)?(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)$/;

function secondsOf(text: string): number | null {
  const match = timespan.exec(text);
  if (!match) return null;
  const [, sign, days = '0', hours, minutes, seconds] = match;
  const sum = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign ? -sum : sum;
}

const datetime = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(?:\.\d+)?Z$/;

/** A cell as the name of a category or series; a datetime to the minute, or to the second where it has any. */
export function nameOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined || cell === '') return '(empty)';
  if (typeof cell === 'string') {
    const [, day, minute, second = ''] = datetime.exec(cell) ?? [];
    return day === undefined ? cell : `${day} ${minute}${second === ':00' ? '' : second}`;
  }
  return typeof cell === 'object' ? JSON.stringify(cell).slice(0, 500) : String(cell);
}
