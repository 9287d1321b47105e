import type { Button, Card } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import { attackText, counted, instantText, unwrapped } from './wording';

export interface QueryFacts {
  /** Came with a solution or an import, and was changed after it. */
  changedHere?: boolean;
  /** For the one person who sees the card: whether it is a favourite of theirs. */
  favourite?: boolean;
  /** Why it cannot run here now; null where it can. */
  fault?: string | null;
  /** Keys of the hunts that have a clone of it, the newest first, and how many there are in all. */
  hunts?: { keys: string[]; total: number };
  /** How often it was changed. */
  revisions?: number;
}

export function queryCard(query: HuntQuery, more: QueryFacts = {}): Card {
  const attack = attackText(query);
  const mappings = query.entityMappings
    .map((mapping) => `${mapping.entityType} (${mapping.fieldMappings.map((one) => one.columnName).join(', ')})`)
    .join(', ');
  return {
    title: `${more.favourite ? '★ ' : ''}${query.id} · ${query.name}`,
    blocks: [
      ...(query.description ? [{ type: 'text' as const, text: unwrapped(query.description) }] : []),
      { type: 'code', text: query.text, language: 'kql' },
      {
        type: 'facts',
        facts: [
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
          ...(query.dataTypes.length > 0 ? [{ label: 'Tables', value: query.dataTypes.join(', ') }] : []),
          ...(mappings ? [{ label: 'Entities', value: mappings }] : []),
          { label: 'Origin', value: originText(query) + (more.changedHere ? '; changed here' : '') },
          ...(query.origin === 'built-in' ? [] : [{ label: 'Changed', value: changedText(query, more) }]),
          ...(query.lastRun ? [{ label: 'Last run', value: lastRunText(query.lastRun) }] : []),
          ...(more.hunts && more.hunts.total > 0 ? [{ label: 'In hunts', value: huntsText(more.hunts) }] : []),
          ...(more.fault === undefined
            ? []
            : [{ label: 'Here', value: more.fault === null ? 'Can run' : `Cannot run now: ${more.fault}` }]),
        ],
      },
      { type: 'actions', buttons: buttonsOf(query, more) },
    ],
  };
}

function originText(query: HuntQuery): string {
  if (query.origin === 'built-in') return 'Comes with Talbot; clone it to change it';
  if (query.origin === 'clone') return `${query.hunt ?? 'a hunt'}’s own clone of ${query.source ?? 'a library query'}`;
  if (query.origin === 'content') {
    const version = query.contentVersion ? ` ${query.contentVersion}` : '';
    const from = query.solution ? `Solution ${query.solution}` : 'Imported';
    return `${from}${version}${query.author ? `, by ${query.author}` : ''}`;
  }
  return `Written by ${query.createdBy.name}${query.source ? `, from ${query.source}` : ''}`;
}

function changedText(query: HuntQuery, { revisions }: QueryFacts): string {
  const times = revisions ? `, ${counted(revisions, 'change')} so far` : '';
  return `${instantText(query.updatedAt)}${times}`;
}

function lastRunText(last: NonNullable<HuntQuery['lastRun']>): string {
  return `${instantText(last.at)} by ${last.by.name}: ${last.failed ? 'it failed' : counted(last.rows, 'row')} (${last.run})`;
}

function huntsText({ keys, total }: NonNullable<QueryFacts['hunts']>): string {
  return `${keys.join(', ')}${total > keys.length ? ` and ${total - keys.length} more` : ''}`;
}

function buttonsOf(query: HuntQuery, more: QueryFacts): Button[] {
  const args = { query: query.id };
  const edit: Button = { label: 'Edit', command: 'query edit', args, opens: 'form' };
  const remove: Button = {
    label: query.hunt ? 'Take out of the hunt' : 'Delete',
    command: 'query delete',
    args: { ...args, confirmed: 'yes' },
    opens: 'nothing',
    style: 'danger',
    confirm: { title: `Delete ${query.id}?`, text: `“${query.name}” goes; its earlier runs stay.`, yes: 'Delete' },
  };
  const clone: Button = { label: 'Clone', command: 'query clone', args, opens: 'nothing' };
  const history: Button[] = more.revisions
    ? [{ label: 'History', command: 'query history', args, opens: 'nothing' }]
    : [];
  const rule: Button = { label: 'Make a rule', command: 'rule new', args: { source: query.id }, opens: 'form' };
  if (query.hunt) {
    const run: Button = {
      label: 'Run',
      command: 'run',
      args: { hunt: query.hunt, queries: [query.id.split('/')[1] ?? query.id] },
      opens: 'nothing',
      style: 'primary',
    };
    return [run, rule, edit, ...history, remove];
  }
  const add: Button = {
    label: 'Add to the hunt',
    command: 'add',
    args: { queries: [query.id] },
    opens: 'form',
    style: 'primary',
  };
  const star: Button[] =
    more.favourite === undefined
      ? []
      : [
          {
            label: more.favourite ? '☆ No favourite' : '★ Favourite',
            command: more.favourite ? 'query unfavourite' : 'query favourite',
            args,
            opens: 'nothing',
          },
        ];
  return query.origin === 'built-in'
    ? [add, clone, rule, ...star, ...history]
    : [add, edit, clone, rule, ...star, ...history, remove];
}
