import { type ContentImport, type ImportLine, ImportOutcome, reportKey } from '../domain/content-import';
import type { Cell } from '../ports/query-engine';
import type { ResultPages } from '../ports/stores';
import { csvLine } from '../views/csv-line';
import type { ExportedFile } from './export-rows';

const columns = ['file', 'kind', 'name', 'outcome', 'key', 'why', 'cannot run here'];
const pageRows = 1000;
const shownReasons = 8;

/** What the report says in numbers. */
export function importSummary(lines: readonly ImportLine[]): Pick<ContentImport, 'counts' | 'cannotRun' | 'reasons'> {
  const counts = Object.fromEntries(ImportOutcome.options.map((one) => [one, 0])) as ContentImport['counts'];
  const reasons = new Map<string, number>();
  for (const { outcome, why } of lines) {
    counts[outcome] += 1;
    const reason = outcome === 'left' ? shortReason(why) : '';
    if (reason !== '') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b - a).map(([why, count]) => ({ why, count }));
  const here = new Set<ImportOutcome>(['added', 'updated', 'unchanged']);
  const cannotRun = lines.filter((line) => line.cannotRun !== '' && here.has(line.outcome)).length;
  return { counts, cannotRun, reasons: sorted.slice(0, shownReasons) };
}

/** In pages, by the order of the files. */
export async function keepReport(results: ResultPages, id: string, lines: readonly ImportLine[]): Promise<void> {
  const rows = lines
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .map(({ file, kind, name, outcome, key, why, cannotRun }) => [file, kind, name, outcome, key, why, cannotRun]);
  for (let page = 0; page * pageRows < rows.length; page++)
    await results.put(reportKey(id), page, rows.slice(page * pageRows, (page + 1) * pageRows));
}

/** The report as CSV; null where it is no longer kept. */
export async function reportFile(results: ResultPages, id: string): Promise<ExportedFile | null> {
  const pieces: string[] = [];
  for await (const rows of results.read(reportKey(id))) pieces.push(rows.map((row: Cell[]) => csvLine(row)).join(''));
  if (pieces.length === 0) return null;
  const bytes = Buffer.from(csvLine(columns) + pieces.join(''), 'utf8');
  return { name: `${id}-report.csv`, mime: 'text/csv; charset=utf-8', bytes };
}

/** Reasons that differ in a name or a line alone count as one. */
function shortReason(why: string): string {
  return (why.split(/[;(“]/)[0] ?? why)
    .replace(/\d+ × /, '')
    .trim()
    .slice(0, 110);
}
