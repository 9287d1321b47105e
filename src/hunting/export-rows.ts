import type { Run, RunQuery } from '../domain/run';
import type { ExportFormat } from '../ports/links';
import type { ResultPages } from '../ports/stores';
import { csvLine } from '../views/csv-line';

export interface ExportedFile {
  name: string;
  mime: string;
  bytes: Uint8Array;
}

/** All kept rows as text, piece by piece, so that a large result is never held whole. */
export async function* exportText(
  results: ResultPages,
  run: Run,
  query: RunQuery,
  format: ExportFormat,
): AsyncGenerator<string> {
  const key = { run: run.id, query: query.id, attempt: query.attempt };
  const names = query.columns.map((column) => column.name);
  let first = true;
  yield format === 'csv' ? csvLine(names) : '[';
  for await (const rows of results.read(key)) {
    if (format === 'csv') yield rows.map(csvLine).join('');
    else {
      yield rows
        .map((row) => {
          const lead = first ? '\n' : ',\n';
          first = false;
          return lead + JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
        })
        .join('');
    }
  }
  if (format === 'json') yield '\n]\n';
}

export function exportName(run: Run, query: RunQuery, format: ExportFormat): { name: string; mime: string } {
  return {
    name: `${run.id}-${query.id}.${format}`,
    mime: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
  };
}

export async function exportRows(
  results: ResultPages,
  run: Run,
  query: RunQuery,
  format: ExportFormat,
): Promise<ExportedFile> {
  const pieces: Buffer[] = [];
  for await (const piece of exportText(results, run, query, format)) pieces.push(Buffer.from(piece, 'utf8'));
  return { ...exportName(run, query, format), bytes: Buffer.concat(pieces) };
}
