import type { Cell } from '../ports/query-engine';

/** A cell as people read it in a table: times without needless zeros, bags as compact JSON. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/, readableTime);
  if (typeof cell === 'object') return JSON.stringify(cell);
  return String(cell);
}

function readableTime(_whole: string, day: string, time: string, fraction: string | undefined): string {
  const kept = fraction?.replace(/0+$/, '').slice(0, 3) ?? '';
  return kept === '' ? `${day} ${time}` : `${day} ${time}.${kept}`;
}
