import type { Button, Card } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import { attackText, instantText, unwrapped } from './wording';

export function queryCard(query: HuntQuery): Card {
  const attack = attackText(query);
  const mappings = query.entityMappings
    .map((mapping) => `${mapping.entityType} (${mapping.fieldMappings.map((one) => one.columnName).join(', ')})`)
    .join(', ');
  return {
    title: `${query.id} · ${query.name}`,
    blocks: [
      ...(query.description ? [{ type: 'text' as const, text: unwrapped(query.description) }] : []),
      { type: 'code', text: query.text, language: 'kql' },
      {
        type: 'facts',
        facts: [
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
          ...(query.dataTypes.length > 0 ? [{ label: 'Tables', value: query.dataTypes.join(', ') }] : []),
          ...(mappings ? [{ label: 'Entities', value: mappings }] : []),
          { label: 'Origin', value: originText(query) },
          ...(query.origin === 'built-in' ? [] : [{ label: 'Changed', value: instantText(query.updatedAt) }]),
        ],
      },
      { type: 'actions', buttons: buttonsOf(query) },
    ],
  };
}

function originText(query: HuntQuery): string {
  if (query.origin === 'built-in') return 'Comes with Talbot; clone it to change it';
  if (query.origin === 'clone') return `${query.hunt ?? 'a hunt'}’s own clone of ${query.source ?? 'a library query'}`;
  return `Written by ${query.createdBy.name}`;
}

function buttonsOf(query: HuntQuery): Button[] {
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
  if (query.hunt) {
    const run: Button = {
      label: 'Run',
      command: 'run',
      args: { hunt: query.hunt, queries: [query.id.split('/')[1] ?? query.id] },
      opens: 'nothing',
      style: 'primary',
    };
    return [run, edit, remove];
  }
  const add: Button = {
    label: 'Add to the hunt',
    command: 'add',
    args: { queries: [query.id] },
    opens: 'form',
    style: 'primary',
  };
  return query.origin === 'built-in' ? [add, clone] : [add, edit, clone, remove];
}
