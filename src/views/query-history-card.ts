import type { Block, Card } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import type { QueryRevision } from '../domain/query-revision';
import { lineDiff } from './line-diff';
import { pager } from './pager';
import { counted, instantText, shortened } from './wording';

const mostLines = 14;

export type Written = Pick<HuntQuery, 'name' | 'description' | 'text' | 'tactics' | 'techniques' | 'entityMappings'>;

export interface QueryHistory {
  query: HuntQuery;
  /** Newest first, each with what the query was after it. */
  changes: { revision: QueryRevision; after: Written }[];
  total: number;
  page: number;
  pages: number;
}

/** Who changed a query, when, and which lines. */
export function queryHistoryCard({ query, changes, total, page, pages }: QueryHistory): Card {
  if (total === 0)
    return {
      title: `${query.id} has never been changed`,
      blocks: [
        { type: 'text', text: `“${query.name}” is as it was on ${instantText(query.createdAt)}.` },
        {
          type: 'actions',
          buttons: [{ label: 'Show it', command: 'query show', args: { query: query.id }, opens: 'nothing' }],
        },
      ],
    };
  return {
    title: `${query.id} · ${counted(total, 'change')}`,
    blocks: [
      { type: 'text', text: query.name },
      ...changes.flatMap(({ revision, after }) => changeBlocks(revision, after)),
      {
        type: 'select',
        field: 'revision',
        label: 'Bring back what was before…',
        options: changes.map(({ revision }) => ({
          value: String(revision.number),
          label: `${revision.number}: ${revision.action} by ${revision.by.name}, ${instantText(revision.at)}`,
        })),
        act: { command: 'query restore', args: { query: query.id } },
      },
      ...pager('query history', { query: query.id }, { page, pages }),
    ],
  };
}

function changeBlocks(revision: QueryRevision, after: Written): Block[] {
  const heading = `${revision.number} · ${revision.action} by ${revision.by.name}, ${instantText(revision.at)}`;
  const facts = changedFacts(revision, after);
  const lines = lineDiff(revision.text, after.text);
  const left = lines.length - mostLines;
  const code = lines
    .slice(0, mostLines)
    .map((line) => `${line.sign} ${shortened(line.text, 160)}`)
    .join('\n');
  return [
    { type: 'heading', text: heading },
    ...(facts.length > 0 ? [{ type: 'facts' as const, facts }] : []),
    ...(lines.length > 0 ? [{ type: 'code' as const, text: code }] : []),
    ...(left > 0 ? [{ type: 'note' as const, text: `${counted(left, 'more line')} changed.` }] : []),
  ];
}

/** What changed of a query beside its KQL. */
export function changedFacts(before: Written, after: Written): { label: string; value: string }[] {
  const pairs: [string, string, string][] = [
    ['Name', before.name, after.name],
    ['Description', before.description, after.description],
    ['Tactics', before.tactics.join(', '), after.tactics.join(', ')],
    ['Techniques', before.techniques.join(', '), after.techniques.join(', ')],
    ['Entities', mappingText(before), mappingText(after)],
  ];
  return pairs.flatMap(([label, one, other]) =>
    one === other
      ? []
      : [{ label, value: `${shortened(one, 120) || 'nothing'} → ${shortened(other, 120) || 'nothing'}` }],
  );
}

function mappingText(query: Written): string {
  return query.entityMappings
    .map((one) => `${one.entityType} ${one.fieldMappings.map((map) => map.columnName).join('+')}`)
    .join(', ');
}
