import type { CoverageView } from '../domain/coverage';

/** Signed links to what Talbot itself serves: they end by themselves, and nobody can make one up. */
export interface Links {
  /** All rows of one query of a run as a file. */
  result(file: ResultFile): string;
  /** A picture by its id, for a month: cards are read long after they were posted. */
  picture(id: string): string;
  /** The ATT&CK coverage, as it is when the link is followed. */
  coverage(file: CoverageFile): string;
  /** A kept file by its id. */
  file(id: string): string;
}

export interface ResultFile {
  run: string;
  query: string;
  format: ExportFormat;
}

export type ExportFormat = 'csv' | 'json' | 'parquet';

export interface CoverageFile {
  format: 'navigator' | 'csv';
  of: CoverageView;
}
