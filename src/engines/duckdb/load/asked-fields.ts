import type { RecordSource } from './record-source';

/** Collects the fields a SELECT over a source needs; each asked form of a field becomes one column, f0, f1 … */
export class AskedFields {
  readonly #asked: { field: string; as: 'text' | 'value' }[] = [];

  constructor(private readonly source: RecordSource) {}

  text(field: string): string {
    return this.#column(field, 'text');
  }

  value(field: string): string {
    return this.#column(field, 'value');
  }

  /** The rows with the asked columns: call it last. */
  from(): string {
    return `(${this.source.rows(this.#asked)})`;
  }

  #column(field: string, as: 'text' | 'value'): string {
    let place = this.#asked.findIndex((one) => one.field === field && one.as === as);
    if (place < 0) place = this.#asked.push({ field, as }) - 1;
    return `f${place}`;
  }
}
