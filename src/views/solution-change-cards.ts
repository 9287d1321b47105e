import type { Block, Button, Card } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import { lineDiff } from './line-diff';
import { confirmCard } from './notice-card';
import { changedFacts, type Written } from './query-history-card';
import { counted, shortened } from './wording';

export interface UpdatePreview {
  slug: string;
  name: string;
  from: string;
  to: string;
  added: string[];
  changed: { key: string; before: Written; after: Written }[];
  removed: string[];
  /** Names of other parts with what happens to them. */
  parts: { added: string[]; changed: string[]; removed: string[] };
  /** Queries that somebody changed or deleted here. */
  edited: { key: string; name: string; deleted: boolean; newer: boolean }[];
  /** Other parts that stay out because something here has their name. */
  taken: string[];
}

const mostDiffs = 6;
const mostLines = 10;

/** What an update would do, before it is done. */
export function updatePreviewCard(preview: UpdatePreview): Card {
  const { slug, name, from, to, edited } = preview;
  const args = { name: slug, confirmed: 'yes' };
  const buttons: Button[] = [
    {
      label: edited.length > 0 ? 'Update, keep ours' : 'Update',
      command: 'content update',
      args,
      opens: 'nothing',
      style: 'primary',
    },
    ...(edited.length > 0
      ? [
          {
            label: 'Update, take all of theirs',
            command: 'content update',
            args: { ...args, all: 'theirs' },
            opens: 'nothing' as const,
            style: 'danger' as const,
            confirm: {
              title: 'Take theirs?',
              text: `${edited.map((one) => one.key).join(', ')}: what was changed here is replaced. The query’s history keeps it.`,
              yes: 'Take theirs',
            },
          },
        ]
      : []),
  ];
  return {
    title: from === to ? `${name} ${to} has changed` : `${name} ${from} → ${to}`,
    blocks: [
      { type: 'facts', facts: summary(preview) },
      ...preview.changed.slice(0, mostDiffs).flatMap(diffBlocks),
      ...(preview.changed.length > mostDiffs
        ? [
            {
              type: 'note' as const,
              text: `${counted(preview.changed.length - mostDiffs, 'more query', 'more queries')} changed.`,
            },
          ]
        : []),
      ...editedBlocks(edited),
      { type: 'actions', buttons },
      { type: 'note', text: 'Nothing is done before you press. Clones in hunts stay as they are.' },
    ],
  };
}

function summary({ added, changed, removed, parts, taken }: UpdatePreview): { label: string; value: string }[] {
  const names = (list: string[]) =>
    list.length > 6 ? `${list.slice(0, 6).join(', ')} and ${list.length - 6} more` : list.join(', ');
  const facts = [
    { label: 'New', value: names([...added, ...parts.added]) },
    { label: 'Changed', value: names([...changed.map((one) => `${one.key} ${one.after.name}`), ...parts.changed]) },
    { label: 'Removed', value: names([...removed, ...parts.removed]) },
    { label: 'Left out', value: taken.length > 0 ? `${names(taken)}: something here has the name` : '' },
  ];
  return facts.filter((one) => one.value !== '');
}

function diffBlocks({ key, before, after }: UpdatePreview['changed'][number]): Block[] {
  const facts = changedFacts(before, after);
  const lines = lineDiff(before.text, after.text);
  const code = lines.slice(0, mostLines).map((line) => `${line.sign} ${shortened(line.text, 160)}`);
  if (lines.length > mostLines) code.push(`… ${counted(lines.length - mostLines, 'more line')}`);
  return [
    { type: 'heading', text: `${key} · ${after.name}` },
    ...(facts.length > 0 ? [{ type: 'facts' as const, facts }] : []),
    ...(code.length > 0 ? [{ type: 'code' as const, text: code.join('\n') }] : []),
  ];
}

function editedBlocks(edited: UpdatePreview['edited']): Block[] {
  if (edited.length === 0) return [];
  const lines = edited.map(
    ({ key, name, deleted, newer }) =>
      `${key} ${name}: ${deleted ? 'deleted' : 'changed'} here${newer ? ', and changed by the update' : ''}`,
  );
  return [
    { type: 'heading', text: 'Changed here: ours stays unless you choose' },
    { type: 'text', text: lines.join('\n') },
    {
      type: 'select',
      field: 'take',
      label: 'Take theirs for',
      options: edited.map(({ key, name }) => ({ value: key, label: `${key} · ${name}` })),
      several: true,
      act: 'wait',
    },
  ];
}

/** Asked before a solution is removed. */
export function removeSolutionCard(solution: {
  slug: string;
  name: string;
  queries: number;
  parts: number;
  edited: Pick<HuntQuery, 'id' | 'name'>[];
  hunts: string[];
}): Card {
  const { slug, name, queries, parts, edited, hunts } = solution;
  const args = { name: slug, confirmed: 'yes' };
  const clones =
    hunts.length > 0
      ? ` ${hunts.slice(0, 10).join(', ')}${hunts.length > 10 ? ` and ${hunts.length - 10} more` : ''} keep their clones.`
      : '';
  const parted = parts > 0 ? ` and ${counted(parts, 'other part')}` : '';
  const consequence = `${counted(queries, 'query', 'queries')}${parted} leave the library.${clones} Installing it again brings them back under the same keys.`;
  const yes = { label: `Remove ${name}`, command: 'content remove', args, opens: 'nothing' as const };
  if (edited.length === 0) return confirmCard(`Remove ${name}?`, consequence, yes);
  return {
    title: `Remove ${name}?`,
    tone: 'warning',
    blocks: [
      { type: 'note', text: consequence },
      { type: 'text', text: `Changed here: ${edited.map((one) => `${one.id} ${one.name}`).join(', ')}.` },
      {
        type: 'actions',
        buttons: [
          { ...yes, label: 'Remove, keep ours', style: 'primary' },
          { ...yes, label: 'Remove all', args: { ...args, edited: 'delete' }, style: 'danger' },
        ],
      },
    ],
  };
}
