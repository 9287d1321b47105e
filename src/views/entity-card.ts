import type { Block, Button, Card } from '../chat/card';
import type { Entity } from '../domain/entity';
import { defang } from './defang';
import { pager } from './pager';
import { counted, instantText, shortened, stampText } from './wording';

export interface EntityFacts {
  bookmarks: { id: string; name: string; hunt: string; rows: number; at: Date | undefined }[];
  incidents: string[];
  indicators: string[];
  namesakes: Pick<Entity, 'id' | 'hunts'>[];
  merged: Pick<Entity, 'id' | 'name'>[];
  pivots: { key: string; label: string }[];
  /** Its activity over time. */
  picture?: Block[];
  /** Commands that the reader may use. */
  offers?: { indicator: boolean; playbook: boolean };
}

/** Everything about one entity, with the questions that lead on. */
export function entityCard(entity: Entity, facts: EntityFacts): Card {
  const args = { entity: entity.id };
  const identifiers = [
    ...new Set(entity.identifiers.map((one) => `${one.identifier} ${shortened(defang(one.value), 120)}`)),
  ];
  const pivots: Button[] = facts.pivots.slice(0, 3).map((one, at) => ({
    label: one.label,
    command: 'entity pivot',
    args: { ...args, question: one.key },
    opens: 'nothing',
    ...(at === 0 ? { style: 'primary' as const } : {}),
  }));
  const actions: Button[] = [
    ...(facts.offers?.indicator && facts.indicators.length === 0
      ? [{ label: 'Add to indicators', command: 'indicator add', args: { values: entity.id }, opens: 'form' as const }]
      : []),
    ...(facts.offers?.playbook
      ? [{ label: 'Run a playbook', command: 'playbooks', args: { target: entity.id }, opens: 'nothing' as const }]
      : []),
    { label: 'Graph', command: 'graph', args: { of: entity.id }, opens: 'nothing' },
  ];
  return {
    title: `${entity.id} · ${entity.type} ${shortened(defang(entity.name), 150)}`,
    tone: facts.indicators.length > 0 ? 'danger' : 'neutral',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'First seen', value: entity.firstSeen ? instantText(entity.firstSeen) : 'its rows carry no time' },
          ...(entity.lastSeen && entity.lastSeen.getTime() !== entity.firstSeen?.getTime()
            ? [{ label: 'Last seen', value: instantText(entity.lastSeen) }]
            : []),
          ...(identifiers.length > 1
            ? [
                {
                  label: 'Known as',
                  value: `${identifiers.slice(0, 8).join(' · ')}${identifiers.length > 8 ? ` and ${identifiers.length - 8} more` : ''}`,
                },
              ]
            : []),
          { label: 'Hunts', value: entity.hunts.join(', ') || 'none' },
          ...(facts.incidents.length > 0 ? [{ label: 'Incidents', value: facts.incidents.join(', ') }] : []),
          ...(facts.indicators.length > 0 ? [{ label: 'Indicator', value: facts.indicators.join(', ') }] : []),
          ...(facts.merged.length > 0
            ? [
                {
                  label: 'Merged',
                  value: facts.merged.map((one) => `${one.id} ${shortened(defang(one.name), 60)}`).join(' · '),
                },
              ]
            : []),
        ],
      },
      ...(facts.picture ?? []),
      ...bookmarkBlocks(facts.bookmarks),
      ...(pivots.length > 0 ? [{ type: 'actions' as const, buttons: pivots }] : []),
      ...(actions.length > 0 ? [{ type: 'actions' as const, buttons: actions }] : []),
      ...mergeBlocks(entity, facts),
    ],
  };
}

function bookmarkBlocks(bookmarks: EntityFacts['bookmarks']): Block[] {
  if (bookmarks.length === 0) return [];
  const shown = bookmarks.slice(-10).reverse();
  return [
    {
      type: 'table',
      columns: [
        { title: 'Bookmark' },
        { title: 'Name' },
        { title: 'Hunt' },
        { title: 'Rows', align: 'right' },
        { title: 'Event (UTC)' },
      ],
      rows: shown.map((one) => [
        one.id,
        shortened(one.name, 80),
        one.hunt,
        String(one.rows),
        one.at ? stampText(one.at) : '',
      ]),
      ...(bookmarks.length > shown.length ? { total: bookmarks.length, rest: 'the newest are shown' } : {}),
    },
    {
      type: 'select',
      field: 'bookmark',
      label: 'Open a bookmark',
      options: shown.map((one) => ({ value: one.id, label: shortened(`${one.id} · ${one.name}`, 70) })),
      act: { command: 'bookmark show', args: {} },
    },
  ];
}

function mergeBlocks(entity: Entity, facts: EntityFacts): Block[] {
  const [merged] = facts.merged;
  const [namesake] = facts.namesakes;
  const buttons: Button[] = [
    ...(namesake
      ? [
          {
            label: `Merge ${namesake.id}`,
            command: 'entity merge',
            args: { entity: entity.id, other: namesake.id },
            opens: 'nothing' as const,
          },
        ]
      : []),
    ...(merged
      ? [
          {
            label: `Split off ${merged.id}`,
            command: 'entity split',
            args: { entity: merged.id },
            opens: 'nothing' as const,
          },
        ]
      : []),
  ];
  if (buttons.length === 0) return [];
  const note = namesake
    ? [
        {
          type: 'note' as const,
          text: `${facts.namesakes.map((one) => `${one.id} (${one.hunts.join(', ')})`).join(', ')} ${facts.namesakes.length === 1 ? 'has' : 'have'} the same name; a bare name does not say whether it is the same one.`,
        },
      ]
    : [];
  return [...note, { type: 'actions', buttons }];
}

export function entityListCard(list: {
  hunt: string | undefined;
  entities: Entity[];
  types: { value: string; count: number }[];
  total: number;
  page: number;
  pages: number;
  args: Record<string, string>;
}): Card {
  const where = list.hunt ? ` in ${list.hunt}` : '';
  const filtered = list.args.type !== undefined || list.args.search !== undefined;
  if (list.total === 0)
    return {
      title: filtered ? `No entity${where} fits` : `No entities${where} yet`,
      blocks: [
        {
          type: 'text',
          text: filtered
            ? 'There may be others without these filters.'
            : 'They come from bookmarked rows: accounts, hosts, addresses … Bookmark rows of a result, and who and what they name stands here.',
        },
        ...(filtered
          ? [
              {
                type: 'actions' as const,
                buttons: [
                  {
                    label: 'All entities',
                    command: 'entities',
                    args: list.hunt ? { hunt: list.hunt } : {},
                    opens: 'nothing' as const,
                  },
                ],
              },
            ]
          : []),
      ],
    };
  const { type: _type, page: _page, ...rest } = list.args;
  return {
    title: `${counted(list.total, 'entity', 'entities')}${where}`,
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Entity' },
          { title: 'Type' },
          { title: 'Name' },
          { title: 'First seen (UTC)' },
          { title: 'Last seen (UTC)' },
          { title: list.hunt ? 'Bookmarks' : 'Hunts' },
        ],
        rows: list.entities.map((one) => [
          one.id,
          one.type,
          shortened(defang(one.name), 120),
          one.firstSeen ? stampText(one.firstSeen) : '',
          one.lastSeen ? stampText(one.lastSeen) : '',
          shortened((list.hunt ? one.bookmarks : one.hunts).join(', '), 60),
        ]),
        ...(list.total > list.entities.length ? { total: list.total, rest: `page ${list.page} of ${list.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'entity',
        label: 'Open an entity',
        options: list.entities.map((one) => ({
          value: one.id,
          label: shortened(`${one.id} · ${defang(one.name)}`, 70),
        })),
        act: { command: 'entity', args: {} },
      },
      ...(list.types.length > 1 && list.args.type === undefined
        ? [
            {
              type: 'select' as const,
              field: 'type',
              label: 'Only one type',
              options: list.types.map((one) => ({ value: one.value, label: `${one.value} (${one.count})` })),
              act: { command: 'entities', args: rest },
            },
          ]
        : []),
      ...pager('entities', list.args, list),
    ],
  };
}
