import type { Card } from '../chat/card';
import type { LogProblem, TableInfo } from '../ports/query-engine';
import { counted, dayText, instantText } from './wording';

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
      {
        type: 'table',
        columns: [{ title: 'Table' }, { title: 'Rows', align: 'right' }, { title: 'From' }, { title: 'To' }],
        rows: tables.map((table) => [
          table.name,
          table.rows?.toLocaleString('en-US') ?? '',
          table.first ? dayText(table.first) : '',
          table.last ? dayText(table.last) : '',
        ]),
      },
      {
        type: 'select',
        field: 'table',
        label: 'Columns of',
        options: tables.map((table) => ({ value: table.name, label: table.name })),
        act: { command: 'tables', args: {} },
      },
      ...problemBlocks(problems),
      { type: 'note', text: `Look into one: “kql ${tables[0]?.name ?? 'TABLE'} | take 10”.` },
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
    title: `${table.name} · ${table.rows === undefined ? '' : `${counted(table.rows, 'row')}, `}${counted(table.columns.length, 'column')}`,
    blocks: [
      ...(table.first && table.last
        ? [{ type: 'text' as const, text: `${instantText(table.first)} to ${instantText(table.last)}` }]
        : []),
      {
        type: 'table',
        columns: [{ title: 'Column' }, { title: 'Type' }],
        rows: table.columns.map((one) => [one.name, one.type]),
      },
      { type: 'note', text: `Look into it: “kql ${table.name} | take 10”.` },
    ],
  };
}
