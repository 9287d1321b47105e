import type { Bookmark } from '../../src/domain/bookmark';

const at = new Date('2026-11-24T12:00:00Z');

/** A bookmark of H-1 with no rows, as a store takes it; what a test is about is given. */
export function exampleBookmark(number: number, more: Partial<Bookmark> = {}): Omit<Bookmark, 'version'> {
  return {
    id: `B-${number}`,
    number,
    hunt: 'H-1',
    name: `Rows ${number}`,
    notes: '',
    tags: [],
    tactics: [],
    techniques: [],
    run: 'R-1',
    query: { id: 'kql', name: '', text: '' },
    engine: 'duckdb',
    from: at,
    to: at,
    asOf: at,
    columns: [],
    rowNumbers: [],
    rows: [],
    hash: '',
    entities: [],
    createdBy: { platform: 'web', tenant: 'local', id: 'ada', name: 'Ada Night' },
    createdAt: at,
    updatedAt: at,
    ...more,
  };
}
