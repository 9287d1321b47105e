import type { Button, Card } from '../chat/card';
import type { Run } from '../domain/run';
import type { Tab } from '../domain/tab';
import { errorText } from './run-card';
import { counted, durationText, instantText, rangeText, stampText } from './wording';

/** A tab with its query, what it found last, and all that can be done with it. */
export function tabCard(tab: Tab, run: Run | null): Card {
  const query = run?.queries[0];
  const changes = tab.revisions.length - 1;
  const last = tab.revisions.at(-1);
  return {
    title: `${tab.id} · ${tab.name}`,
    blocks: [
      { type: 'code', text: tab.text, language: 'kql' },
      {
        type: 'facts',
        facts: [
          { label: 'Hunt', value: tab.hunt },
          { label: 'Looks at', value: lookedAtText(tab) },
          {
            label: 'Last run',
            value: run
              ? `${run.id}, ${instantText(tab.lastRunAt)} by ${tab.lastRunBy.name}: ${tabResultText(run)}`
              : 'not yet',
          },
          ...(run ? [{ label: 'Range then', value: rangeText(run) }] : []),
          ...(query?.state === 'failed' ? [{ label: 'Fault', value: errorText(query) }] : []),
          ...(query && query.text !== tab.text ? [{ label: 'Since then', value: 'its text was changed' }] : []),
          ...(changes > 0 && last
            ? [
                {
                  label: 'Changed',
                  value: `${counted(changes, 'time')}, last by ${last.by.name}, ${instantText(last.at)}`,
                },
              ]
            : []),
          ...(tab.promotedTo?.length ? [{ label: 'Kept as', value: tab.promotedTo.join(', ') }] : []),
        ],
      },
      { type: 'actions', buttons: buttonsOf(tab, run, changes) },
      { type: 'note', text: `Typed by ${tab.createdBy.name}, ${instantText(tab.createdAt)}.` },
    ],
  };
}

/** `12 rows`, `failed`, `running`. */
export function tabResultText(run: Run): string {
  const [query] = run.queries;
  if (query?.state !== 'done') return query?.state ?? run.state;
  return `${counted(query.rows, 'row')}${query.truncated ? ' (the limit)' : ''}`;
}

function lookedAtText(tab: Tab): string {
  const engine = tab.engine ? ` · engine ${tab.engine}` : '';
  const asOf = tab.asOf ? `, “now” is ${instantText(tab.asOf)}` : '';
  if (tab.from || (tab.to && tab.sinceMilliseconds === undefined))
    return `${tab.from ? stampText(tab.from) : 'the start'} to ${tab.to ? instantText(tab.to) : 'now'}${asOf}${engine}`;
  const span = spanText(tab.sinceMilliseconds ?? 7 * 86_400_000);
  return `the ${span} ${tab.to ? `before ${instantText(tab.to)}` : 'before now'}${asOf}${engine}`;
}

function spanText(milliseconds: number): string {
  const days = milliseconds / 86_400_000;
  return Number.isInteger(days) ? counted(days, 'day') : durationText(milliseconds);
}

function buttonsOf(tab: Tab, run: Run | null, changes: number): Button[] {
  const args = { tab: tab.id };
  const rows = run && !run.purgedAt && (run.queries[0]?.rows ?? 0) > 0;
  return [
    { label: 'Run again', command: 'tab run', args, opens: 'nothing', style: 'primary' },
    ...(rows ? [{ label: 'View results', command: 'results', args: { run: run.id }, opens: 'nothing' as const }] : []),
    { label: 'Edit', command: 'tab edit', args, opens: 'form' },
    { label: 'Rename', command: 'tab rename', args, opens: 'form' },
    { label: 'To the library', command: 'tab promote', args: { ...args, to: 'library' }, opens: 'form' },
    { label: 'To the hunt’s queries', command: 'tab promote', args: { ...args, to: 'hunt' }, opens: 'form' },
    { label: 'Link in a comment', command: 'comment', args: { hunt: tab.hunt, about: tab.id }, opens: 'form' },
    ...(changes > 0 ? [{ label: 'History', command: 'tab history', args, opens: 'nothing' as const }] : []),
    {
      label: 'Delete',
      command: 'tab delete',
      args: { ...args, confirmed: 'yes' },
      opens: 'nothing',
      style: 'danger',
      confirm: {
        title: `Delete ${tab.id}?`,
        text: `“${tab.name}” goes from ${tab.hunt}; its runs stay. It can be restored.`,
        yes: 'Delete',
      },
    },
  ];
}
