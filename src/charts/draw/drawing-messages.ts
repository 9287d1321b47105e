import type { Cell } from '../../ports/query-engine';

/** To the thread that draws. Every message has one answer. */
export type ToDrawing =
  | { kind: 'svg'; svg: string }
  /** A chart begins; its rows follow in pages, then `finish`. */
  | {
      kind: 'chart';
      render: { chart: string; properties: Record<string, string> };
      columns: { name: string; type: string }[];
      total: number;
    }
  | { kind: 'rows'; rows: Cell[][] }
  | { kind: 'finish' }
  | { kind: 'smaller'; png: Uint8Array; bytes: number };

export type FromDrawing =
  | { kind: 'ready' }
  | { kind: 'png'; png: Uint8Array; width: number; height: number; alt?: string; notes?: string[] }
  /** `more`: further rows would be drawn. */
  | { kind: 'taken'; more: boolean }
  /** `render table`. */
  | { kind: 'none' }
  | { kind: 'refused'; why: string }
  | { kind: 'failed'; message: string };
