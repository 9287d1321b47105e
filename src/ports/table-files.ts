import type { Cell } from './query-engine';

/** Rows as a file that other programs read with its types. */
export interface TableFiles {
  /** Rows are read to the last, once. Rejects where the file could not be made. */
  parquet(columns: readonly { name: string; type: string }[], pages: AsyncIterable<Cell[][]>): Promise<Uint8Array>;
}
