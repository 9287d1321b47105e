import type { DuckDBConnection } from '@duckdb/node-api';
import { csvSource } from './csv-source';
import { jsonSource } from './json-source';
import type { LogFile } from './log-files';
import { parquetSource } from './parquet-source';
import { markedEncoding, plainCopy, readHead } from './plain-copy';
import type { RecordSource } from './record-source';

/** Opens any log file; `scratch` is a folder for a copy in UTF-8. Rejects where nothing of the file can be read. */
export async function openSource(connection: DuckDBConnection, file: LogFile, scratch: string): Promise<RecordSource> {
  if (file.format === 'parquet') return parquetSource(connection, file);
  const encoding = markedEncoding(await readHead(file, 4));
  const plain = encoding ? await plainCopy(file, encoding, scratch) : file;
  return file.format === 'csv' ? csvSource(connection, plain) : jsonSource(connection, plain);
}
