import { randomStep } from './operator';
import { createRandom } from './random';
import { datatable, randomTable, type Table, type Value } from './table';

/** The text of a pipeline over a table of its own, and the table that must come out. */
export function randomPipeline(seed: number): { text: string; expected: Table } {
  const random = createRandom(seed);
  let table = randomTable(random, ['k', 'c1', 'c2', 'c3'].slice(0, 2 + random.below(3)));
  let names = 0;
  const texts = [datatable(table)];
  for (let i = 1 + random.below(5); i > 0; i--) {
    const step = randomStep(table, () => `n${++names}`, random);
    texts.push(step.text);
    table = step.run(table);
  }
  return { text: texts.join('\n| '), expected: { ...table, rows: table.rows.map((row) => row.map(asCell(table))) } };
}

/** The engine writes timespans with all their digits. */
function asCell({ columns }: Table): (value: Value, place: number) => Value {
  return (value, place) =>
    columns[place]?.type === 'timespan' && typeof value === 'string' ? `${value}.0000000` : value;
}
