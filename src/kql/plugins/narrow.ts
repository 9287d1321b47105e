import { toText } from '../functions/convert';
import { literal } from '../functions/literal';
import { nameColumns } from '../relation';
import type { Plugin } from './define-plugin';

/** One row for each cell: the row's number, the column's name and the value as text. */
export const narrow: Plugin = {
  name: 'narrow',
  compile(_node, _call, input, _env, _context) {
    const columns = nameColumns([
      { name: 'Row', type: 'long' },
      { name: 'Column', type: 'string' },
      { name: 'Value', type: 'string' },
    ]);
    const cells = input.columns.map(
      ({ name, sql, type }) => `{'name': ${literal(name, 'string').sql}, 'value': ${toText({ sql, type })}}`,
    );
    const rows = `(SELECT row_number() OVER () - 1 AS place, unnest([${cells.join(', ')}]) AS cell FROM ${input.from})`;
    return {
      from: `(SELECT place AS "Row", cell.name AS "Column", cell.value AS "Value" FROM ${rows})`,
      columns,
      sorted: input.sorted,
    };
  },
};
