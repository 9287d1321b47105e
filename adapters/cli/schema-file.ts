import type { Column, ColumnType } from '../../src/ports/query-engine';

const types: Record<string, ColumnType> = {
  bool: 'bool',
  boolean: 'bool',
  int: 'int',
  long: 'long',
  bigint: 'long',
  real: 'real',
  double: 'real',
  decimal: 'decimal',
  string: 'string',
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  guid: 'guid',
  dynamic: 'dynamic',
};

/**
 * Tables from a CSV with the columns table_name, column_name and column_type (others are passed over), in the order of
 * the file. Throws where one of the three is missing, or a type is none of Kusto's.
 */
export function readSchema(text: string): { name: string; columns: Column[] }[] {
  const [head, ...records] = readCsv(text);
  const place = (name: string) => {
    const found = head?.indexOf(name) ?? -1;
    if (found < 0) throw new Error(`The schema file has no column ${name}`);
    return found;
  };
  const [table, column, type] = [place('table_name'), place('column_name'), place('column_type')];
  const tables = new Map<string, Column[]>();
  for (const [i, record] of records.entries()) {
    const [name, columnName, typeName] = [record[table], record[column], record[type]];
    if (!name || !columnName || !typeName) continue;
    const known = types[typeName.toLowerCase()];
    if (!known) throw new Error(`Record ${i + 2} of the schema file: ${typeName} is no type of Kusto`);
    const columns = tables.get(name) ?? [];
    tables.set(name, columns);
    if (!columns.some((one) => one.name.toLowerCase() === columnName.toLowerCase()))
      columns.push({ name: columnName, type: known });
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const source = text.replace(/^\ufeff/, '');
  while (cell.lastIndex < source.length) {
    const match = cell.exec(source);
    if (!match) throw new Error(`The schema file is no CSV after record ${records.length}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
