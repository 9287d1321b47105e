import type { Block, Button, Card } from '../chat/card';
import { recogniseIndicator } from '../domain/recognise-indicator';
import type { Run, RunQuery } from '../domain/run';
import type { Cell } from '../ports/query-engine';
import { cellText } from './cell-text';
import { defang } from './defang';
import { readingOrder } from './row-order';
import { scopeText } from './run-card';
import { counted, shortened } from './wording';

/** A value of one line stands beside its column; a longer or nested one gets a place of its own. */
const shortest = 180;
const longest = 6000;

/** One row whole: every column, what is nested unfolded. */
export function rowCard(run: Run, query: RunQuery, number: number, row: readonly Cell[]): Card {
  const order = readingOrder(query.columns);
  const facts: { label: string; value: string }[] = [];
  const blocks: Block[] = [];
  const empty: string[] = [];
  for (const at of order) {
    const name = query.columns[at]?.name ?? '';
    const cell = row[at] ?? null;
    const text = cellText(cell);
    if (cell === null || text === '') empty.push(name);
    else if (typeof cell === 'object') blocks.push(...nested(name, cell));
    else if (text.length > shortest || text.includes('\n'))
      blocks.push({ type: 'heading', text: name }, { type: 'code', text: cut(text) });
    else facts.push({ label: name, value: defang(text) });
  }
  const name = query.id === 'kql' ? query.name : `${query.id} ${query.name}`;
  return {
    title: `Row ${number} of ${query.rows.toLocaleString('en-US')} · ${run.id} ${shortened(name, 80)}`,
    blocks: [
      ...(facts.length > 0 ? [{ type: 'facts' as const, facts }] : []),
      ...blocks,
      ...(empty.length > 0 ? [{ type: 'note' as const, text: `Empty: ${empty.join(', ')}` }] : []),
      { type: 'actions', buttons: buttonsOf(run, query, number, row) },
      { type: 'note', text: scopeText(run) },
    ],
  };
}

function nested(name: string, cell: Cell): Block[] {
  const size = Array.isArray(cell) ? ` (${counted(cell.length, 'entry', 'entries')})` : '';
  return [
    { type: 'heading', text: `${name}${size}` },
    { type: 'code', text: cut(JSON.stringify(cell, null, 2)), language: 'json' },
  ];
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}\n… ${counted(text.length - longest, 'further character')}: the export has all of it`;
}

function buttonsOf(run: Run, query: RunQuery, number: number, row: readonly Cell[]): Button[] {
  const args = { run: run.id, query: query.id };
  const to = (label: string, target: number): Button => ({
    label,
    command: 'row',
    args: { ...args, row: String(target) },
    opens: 'nothing',
  });
  const indicators = carried([...new Set(row.flatMap(indicatorsIn))]);
  return [
    {
      label: 'Bookmark this row',
      command: 'bookmark',
      args: { ...args, rows: String(number) },
      opens: 'form',
      style: 'primary',
    },
    ...(number > 1 ? [to('Previous', number - 1)] : []),
    ...(number < query.rows ? [to('Next', number + 1)] : []),
    ...(indicators.length > 0
      ? [
          {
            label: 'Add indicators',
            command: 'indicator add',
            args: { values: indicators.join('\n') },
            opens: 'form' as const,
          },
        ]
      : []),
    {
      label: 'All rows',
      command: 'results',
      args: { ...args, page: String(Math.ceil(number / 10)) },
      opens: 'nothing',
    },
  ];
}

/** As many whole values as a button's words can carry. */
function carried(values: string[]): string[] {
  let length = 0;
  return values.filter((value) => {
    length += value.length + 1;
    return length <= 1200;
  });
}

/** Values of a cell that somebody might want to look for elsewhere: public addresses, URLs, hashes. */
function indicatorsIn(cell: Cell): string[] {
  if (Array.isArray(cell)) return cell.flatMap(indicatorsIn);
  if (typeof cell !== 'string' || cell.length > 2000) return [];
  const read = recogniseIndicator(cell);
  if ('fault' in read || read.caution) return [];
  return ['ipv4-addr', 'ipv6-addr', 'url', 'file-md5', 'file-sha1', 'file-sha256'].includes(read.kind)
    ? [read.value]
    : [];
}
