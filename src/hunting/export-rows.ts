import type { Run, RunQuery } from '../domain/run';
import { UserError } from '../errors';
import type { ExportFormat } from '../ports/links';
import type { ResultPages, Stores } from '../ports/stores';
import type { TableFiles } from '../ports/table-files';
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
  format: 'csv' | 'json',
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

const mimes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

export function exportName(run: Run, query: RunQuery, format: ExportFormat): { name: string; mime: string } {
  return { name: `${run.id}-${query.id}.${format}`, mime: mimes[format] };
}

export async function exportRows(
  deps: { stores: Pick<Stores, 'results'>; tableFiles?: TableFiles | undefined },
  run: Run,
  query: RunQuery,
  format: ExportFormat,
): Promise<ExportedFile> {
  const { results } = deps.stores;
  if (format === 'parquet') {
    if (!deps.tableFiles) throw new UserError('unavailable', 'Parquet files cannot be made here.', 'Take CSV or JSON.');
    const key = { run: run.id, query: query.id, attempt: query.attempt };
    return {
      ...exportName(run, query, format),
      bytes: await deps.tableFiles.parquet(query.columns, results.read(key)),
    };
  }
  const pieces: Buffer[] = [];
  for await (const piece of exportText(results, run, query, format)) pieces.push(Buffer.from(piece, 'utf8'));
  return { ...exportName(run, query, format), bytes: Buffer.concat(pieces) };
}
