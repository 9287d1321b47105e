import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnType } from '../../../ports/query-engine';
import { quoteName, quoteText } from '../sql-text';
import { jsonToDynamic, ticksOfTimestamp } from './convert-sql';
import type { LogFile } from './log-files';
import type { RecordSource } from './record-source';

/** A Parquet file: its own types are kept, timestamps become ticks, lists, structs and maps dynamic. */
export async function parquetSource(connection: DuckDBConnection, file: LogFile): Promise<RecordSource> {
  const from = `read_parquet(${quoteText(file.absolute)})`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  const types = new Map(described.getRows().map((row) => [String(row[0]), String(row[1])]));
  const declared = new Map<string, ColumnType>();
  for (const [field, type] of types) declared.set(field, typeOfParquet(type));
  return {
    fields: [...types.keys()],
    declared,
    values: 'text',
    problems: [],
    rows(asked) {
      const columns = asked.map(({ field, as }, i) => {
        const name = quoteName(field);
        const type = types.get(field) ?? 'VARCHAR';
        return `${as === 'text' ? `${name}::VARCHAR` : parquetValue(name, type)} AS f${i}`;
      });
      return `SELECT ${columns.length ? columns.join(', ') : '1'} FROM ${from}`;
    },
  };
}

function typeOfParquet(type: string): ColumnType {
  if (type === 'BOOLEAN') return 'bool';
  if (/^(U?TINYINT|U?SMALLINT|INTEGER)$/.test(type)) return 'int';
  if (/^(UINTEGER|BIGINT)$/.test(type)) return 'long';
  if (/^(FLOAT|DOUBLE)$/.test(type)) return 'real';
  if (/^(DECIMAL\(.*\)|UBIGINT|U?HUGEINT)$/.test(type)) return 'decimal';
  if (/^(TIMESTAMP.*|DATE)$/.test(type)) return 'datetime';
  if (type === 'UUID') return 'guid';
  if (type === 'JSON' || /\[\d*\]$|^(STRUCT|MAP)/.test(type)) return 'dynamic';
  return 'string';
}

function parquetValue(name: string, type: string): string {
  const target = typeOfParquet(type);
  if (target === 'datetime') return ticksOfTimestamp(name, type);
  if (target === 'decimal') return `TRY_CAST(${name} AS DECIMAL(38,18))`;
  if (target === 'dynamic') return type === 'JSON' ? jsonToDynamic(name) : `to_json(${name})`;
  if (target !== 'string') return name;
  return type === 'BLOB' ? `coalesce(TRY(decode(${name})), hex(${name}))` : `coalesce(${name}::VARCHAR, '')`;
}
