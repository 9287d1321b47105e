import type { Card } from '../chat/card';
import type { LogProblem, TableInfo } from '../ports/query-engine';
import { counted, instantText } from './wording';

/** Which logs can be hunted, and over what time. */
export function tableListCard(engine: string, tables: TableInfo[], problems: LogProblem[] = []): Card {
  const title = `${counted(tables.length, 'table')} on ${engine}`;
  if (tables.length === 0) {
    return {
      title: 'No logs are loaded',
      blocks: [{ type: 'text', text: 'TALBOT_LOGS names the folder they are read from.' }, ...problemBlocks(problems)],
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
          table.rows?.toLocaleString('en-US') ?? '',
          table.first ? instantText(table.first) : '',
          table.last ? instantText(table.last) : '',
          String(table.columns.length),
        ]),
      },
      ...problemBlocks(problems),
      { type: 'note', text: 'Try “kql SigninLogs | take 10”, or “kql TABLE | getschema” for a table’s columns.' },
    ],
  };
}

const namedProblems = 10;

function problemBlocks(problems: LogProblem[]): Card['blocks'] {
  if (problems.length === 0) return [];
  const lines = problems
    .slice(0, namedProblems)
    .map(({ file, line, message }) => `${file}${line === undefined ? '' : `, line ${line}`}: ${message}`);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`… and ${more} more; all of them are told at the start.`);
  return [
    { type: 'text', text: 'Not everything could be read:' },
    { type: 'code', text: lines.join('\n') },
  ];
}

export function tableCard(table: TableInfo): Card {
  return {
    title: table.name,
    blocks: [
      { type: 'heading', text: table.rows === undefined ? table.name : `${table.name}: ${counted(table.rows, 'row')}` },
      {
        type: 'table',
        columns: [{ title: 'Column' }, { title: 'Type' }],
        rows: table.columns.map((one) => [one.name, one.type]),
      },
    ],
  };
}
