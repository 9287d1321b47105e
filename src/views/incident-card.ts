import type { Block, Button, Card } from '../chat/card';
import type { Incident } from '../domain/incident';
import { incidentLimits } from '../domain/incident';
import { entityLabels } from './entity-label';
import { pager } from './pager';
import { attackText, counted, instantText, shortened, stampText } from './wording';

export interface IncidentParts {
  /** Name of each bookmark it holds. */
  bookmarks: { id: string; name: string }[];
  verb?: string;
  note?: string;
}

const shown = { comments: 3, alerts: 3, entities: 10 } as const;

export function incidentCard(incident: Incident, parts: IncidentParts = { bookmarks: [] }): Card {
  const title = `${incident.id} · ${incident.title}`;
  const attack = attackText(incident);
  const entities = [...new Set(incident.alerts.flatMap((alert) => entityLabels(alert.entities)))];
  const state = [
    incident.status,
    incident.classification
      ? `${incident.classification}${incident.classificationReason ? ` (${incident.classificationReason})` : ''}`
      : '',
  ]
    .filter(Boolean)
    .join(', ');
  return {
    title: parts.verb ? `${parts.verb} ${title}` : title,
    tone: toneOf(incident),
    blocks: [
      ...(incident.description ? [{ type: 'text' as const, text: incident.description }] : []),
      {
        type: 'facts',
        facts: [
          { label: 'Severity', value: incident.severity },
          { label: 'Status', value: state },
          ...(incident.classificationComment ? [{ label: 'Because', value: incident.classificationComment }] : []),
          { label: 'Owner', value: incident.owner?.name ?? 'nobody yet' },
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
          ...(incident.labels.length > 0 ? [{ label: 'Labels', value: incident.labels.join(', ') }] : []),
          ...(incident.hunts.length > 0 ? [{ label: 'Hunts', value: incident.hunts.join(', ') }] : []),
          ...(parts.bookmarks.length > 0
            ? [
                {
                  label: 'Bookmarks',
                  value: parts.bookmarks.map((one) => `${one.id} ${shortened(one.name, 60)}`).join(' · '),
                },
              ]
            : []),
          ...(incident.alerts.length > 0 ? [{ label: 'Alerts', value: alertsText(incident) }] : []),
          ...(entities.length > 0
            ? [
                {
                  label: 'Entities',
                  value: `${entities
                    .slice(0, shown.entities)
                    .map((one) => shortened(one, 80))
                    .join(
                      ' · ',
                    )}${entities.length > shown.entities ? ` and ${entities.length - shown.entities} more` : ''}`,
                },
              ]
            : []),
        ],
      },
      ...taskBlocks(incident),
      ...commentBlocks(incident),
      { type: 'actions', buttons: buttonsOf(incident) },
      ...(parts.note ? [{ type: 'note' as const, text: parts.note }] : []),
      {
        type: 'note',
        text: `${incident.threads.length > 0 ? 'A plain reply in its thread becomes a comment. ' : ''}Made by ${incident.createdBy.name}, ${instantText(incident.createdAt)}.`,
      },
    ],
  };
}

function toneOf(incident: Incident): NonNullable<Card['tone']> {
  if (incident.status === 'Closed') return 'neutral';
  return incident.severity === 'High' ? 'danger' : 'warning';
}

function alertsText({ alerts }: Incident): string {
  const last = alerts.at(-1);
  const names = [...new Set(alerts.map((one) => one.rule))];
  return `${counted(alerts.length, 'alert')} of ${names.join(', ')}${last ? `, the last ${instantText(last.at)}${last.run ? ` (rows: ${last.run})` : ''}` : ''}`;
}

function taskBlocks(incident: Incident): Block[] {
  if (incident.tasks.length === 0) return [];
  const open = incident.tasks.filter((one) => !one.done);
  return [
    {
      type: 'progress',
      items: incident.tasks.slice(0, 15).map((one) => ({
        label: shortened(one.title, 120),
        state: one.done ? ('done' as const) : ('waiting' as const),
        detail: one.done && one.by ? `by ${one.by.name}` : '',
      })),
    },
    ...(incident.tasks.length > 15
      ? [{ type: 'note' as const, text: `15 of ${incident.tasks.length} tasks are shown; ${open.length} are open.` }]
      : []),
    ...(open.length > 0
      ? [
          {
            type: 'select' as const,
            field: 'task',
            label: 'Tick a task',
            options: open.slice(0, 25).map((one) => ({ value: one.id, label: shortened(one.title, 70) })),
            act: { command: 'incident done', args: { incident: incident.id } },
          },
        ]
      : []),
  ];
}

function commentBlocks(incident: Incident): Block[] {
  if (incident.comments.length === 0) return [];
  const last = incident.comments.slice(-shown.comments);
  return [
    {
      type: 'heading',
      text: `${counted(incident.comments.length, 'comment')}${incident.comments.length > last.length ? `, the last ${last.length}` : ''}`,
    },
    ...last.map((one) => ({
      type: 'text' as const,
      text: `${one.author.name}, ${stampText(one.at)} UTC: ${shortened(one.text, 600)}`,
    })),
  ];
}

function buttonsOf(incident: Incident): Button[] {
  const args = { incident: incident.id };
  const comment: Button = { label: 'Comment', command: 'incident comment', args, opens: 'form' };
  const remove: Button = {
    label: 'Delete',
    command: 'incident delete',
    args: { ...args, confirmed: 'yes' },
    opens: 'nothing',
    style: 'danger',
    confirm: {
      title: `Delete ${incident.id}?`,
      text: 'Its bookmarks stay where they are. It can be restored.',
      yes: 'Delete',
    },
  };
  if (incident.status === 'Closed')
    return [{ label: 'Reopen', command: 'incident reopen', args, opens: 'nothing', style: 'primary' }, comment, remove];
  const task: Button[] =
    incident.tasks.length < incidentLimits.tasks
      ? [{ label: 'Add a task', command: 'incident task', args, opens: 'form' }]
      : [];
  return [
    {
      label: 'Take it',
      command: 'incident update',
      args: { ...args, owner: 'me', quick: 'yes' },
      opens: 'nothing',
      style: 'primary',
    },
    { label: 'Close', command: 'incident close', args, opens: 'form' },
    { label: 'Edit', command: 'incident update', args, opens: 'form' },
    ...task,
    comment,
    { label: 'Graph', command: 'graph', args: { of: incident.id }, opens: 'nothing' },
    { label: 'Playbooks', command: 'playbooks', args: { target: incident.id }, opens: 'nothing' },
    ...(incident.threads.length === 0
      ? [{ label: 'Own thread', command: 'incident thread', args, opens: 'nothing' as const }]
      : []),
    remove,
  ];
}

export function incidentListCard(list: {
  incidents: Incident[];
  total: number;
  page: number;
  pages: number;
  args: Record<string, string>;
  filtered: boolean;
}): Card {
  const hunt = list.args.hunt;
  const begin: Button = {
    label: 'New incident',
    command: 'incident new',
    args: hunt ? { hunt } : {},
    opens: 'form',
    style: 'primary',
  };
  if (list.total === 0)
    return {
      title: list.filtered ? 'No incident fits' : 'No incidents yet',
      blocks: [
        {
          type: 'text',
          text: list.filtered
            ? 'There may be others without these filters.'
            : 'When bookmarks show that something really happened, make an incident of them: “incident new H-1”. Rules that run make theirs by themselves.',
        },
        {
          type: 'actions',
          buttons: [
            begin,
            ...(list.filtered
              ? [{ label: 'All incidents', command: 'incidents', args: {}, opens: 'nothing' as const }]
              : []),
          ],
        },
      ],
    };
  return {
    title: counted(list.total, 'incident'),
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Incident' },
          { title: 'Title' },
          { title: 'Severity' },
          { title: 'Status' },
          { title: 'Owner' },
          { title: 'Changed (UTC)' },
        ],
        rows: list.incidents.map((one) => [
          one.id,
          shortened(one.title, 80),
          one.severity,
          one.status,
          one.owner?.name ?? '',
          stampText(one.updatedAt),
        ]),
        ...(list.total > list.incidents.length
          ? { total: list.total, rest: `page ${list.page} of ${list.pages}` }
          : {}),
      },
      {
        type: 'select',
        field: 'incident',
        label: 'Open an incident',
        options: list.incidents.map((one) => ({ value: one.id, label: shortened(`${one.id} · ${one.title}`, 70) })),
        act: { command: 'incident show', args: {} },
      },
      ...pager('incidents', list.args, list),
      { type: 'actions', buttons: [begin] },
    ],
  };
}
