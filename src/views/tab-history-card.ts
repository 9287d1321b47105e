import type { Block, Card } from '../chat/card';
import type { Tab } from '../domain/tab';
import { lineDiff } from './line-diff';
import { pager } from './pager';
import { counted, instantText, shortened } from './wording';

const perPage = 5;
const mostLines = 14;

/** The texts of a tab, the newest first, each with the lines that left and came. */
export function tabHistoryCard(tab: Tab, wanted: number): Card {
  const total = tab.revisions.length;
  const args = { tab: tab.id };
  if (total < 2)
    return {
      title: `${tab.id} has never been changed`,
      blocks: [
        { type: 'text', text: `“${tab.name}” is as ${tab.createdBy.name} typed it, ${instantText(tab.createdAt)}.` },
        { type: 'actions', buttons: [{ label: 'Show it', command: 'tab show', args, opens: 'nothing' }] },
      ],
    };
  const pages = Math.ceil(total / perPage);
  const page = Math.min(wanted, pages);
  const shown = tab.revisions
    .map((revision, index) => ({ revision, number: index + 1, before: tab.revisions[index - 1]?.text }))
    .reverse()
    .slice((page - 1) * perPage, page * perPage);
  const older = shown.filter((one) => one.number < total);
  return {
    title: `${tab.id} · ${counted(total, 'revision')}`,
    blocks: [
      { type: 'text', text: tab.name },
      ...shown.flatMap((one) => revisionBlocks(one)),
      ...(older.length > 0
        ? [
            {
              type: 'select' as const,
              field: 'revision',
              label: 'Bring back…',
              options: older.map(({ revision, number }) => ({
                value: String(number),
                label: `${number}: ${revision.by.name}, ${instantText(revision.at)}`,
              })),
              act: { command: 'tab restore', args },
            },
          ]
        : []),
      ...pager('tab history', args, { page, pages }),
    ],
  };
}

function revisionBlocks({
  revision,
  number,
  before,
}: {
  revision: Tab['revisions'][number];
  number: number;
  before: string | undefined;
}): Block[] {
  const verb = before === undefined ? 'typed' : 'changed';
  const lines = before === undefined ? plainLines(revision.text) : diffLines(before, revision.text);
  const left = lines.length - mostLines;
  return [
    { type: 'heading', text: `${number} · ${verb} by ${revision.by.name}, ${instantText(revision.at)}` },
    { type: 'code', text: lines.slice(0, mostLines).join('\n') },
    ...(left > 0 ? [{ type: 'note' as const, text: `${counted(left, 'more line')}.` }] : []),
  ];
}

function plainLines(text: string): string[] {
  return text.split('\n').map((line) => shortened(line, 160));
}

function diffLines(before: string, after: string): string[] {
  return lineDiff(before, after).map((line) => `${line.sign} ${shortened(line.text, 160)}`);
}
