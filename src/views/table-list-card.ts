import type { Card } from '../chat/card';
import type { TableInfo } from '../ports/query-engine';
import { counted, instantText } from './wording';

/** Which logs can be hunted, and over what time. */
export function tableListCard(engine: string, tables: TableInfo[]): Card {
  const title = `${counted(tables.length, 'table')} on ${engine}`;
  if (tables.length === 0) {
    return {
      title: 'No logs are loaded',
      blocks: [{ type: 'text', text: 'No logs are loaded. TALBOT_LOGS names the folder they are read from.' }],
    };
  }
  return {
    title,
    blocks: [
      { type: 'heading', text: title },
      {
        type: 'table',
        columns: [
          { title: 'Table' },
          { title: 'Rows', align: 'right' },
          { title: 'First' },
          { title: 'Last' },
          { title: 'Columns', align: 'right' },
        ],
        rows: tables.map((table) => [
          table.name,
          table.rows.toLocaleString('en-US'),
          table.first ? instantText(table.first) : '',
          table.last ? instantText(table.last) : '',
          String(table.columns.length),
        ]),
      },
      { type: 'note', text: 'Try “kql SigninLogs | take 10”, or “kql TABLE | getschema” for a table’s columns.' },
    ],
  };
}

export function tableCard(table: TableInfo): Card {
  return {
    title: table.name,
    blocks: [
      { type: 'heading', text: `${table.name}: ${counted(table.rows, 'row')}` },
      {
        type: 'table',
        columns: [{ title: 'Column' }, { title: 'Type' }],
        rows: table.columns.map((one) => [one.name, one.type]),
      },
    ],
  };
}
