import type { Block, Button, Card } from '../chat/card';
import { type Attack, parentOf, type Technique } from '../domain/attack';
import type { RuleTemplate } from '../domain/content-item';
import { type Coverage, type Covering, levelOf } from '../domain/coverage';
import type { Hunt } from '../domain/hunt';
import type { HuntQuery } from '../domain/query';
import { counted, shortened } from './wording';

export interface TechniqueCardParts {
  attack: Attack;
  coverage: Coverage;
  technique: Technique;
  queries: HuntQuery[];
  templates: RuleTemplate[];
  hunts: Hunt[];
  /** The hunt of the thread. */
  hunt?: string;
  /** Solutions that would cover it and are not installed. */
  offers: { id: string; name: string; queries: number }[];
  /** Tables here that tell of its platforms. */
  tables: string[];
}

const rows = 10;

/** Everything about one technique, and what to do next. */
export function techniqueCard(parts: TechniqueCardParts): Card {
  const { attack, coverage, technique, queries, templates, hunts } = parts;
  const found = coverage.techniques.get(technique.id);
  const parent = attack.technique(parentOf(technique.id) ?? '');
  const titles = attack.tactics.filter(({ name }) => technique.tactics.includes(name)).map(({ title }) => title);
  const facts = [
    { label: 'Tactics', value: titles.join(', ') },
    ...(parent ? [{ label: 'Sub-technique of', value: `${parent.id} ${parent.name}` }] : []),
    { label: 'Platforms', value: technique.platforms.join(', ') },
    ...(technique.uses === undefined
      ? []
      : [{ label: 'Seen used by', value: `${technique.uses} groups, campaigns and programs` }]),
    { label: 'Here', value: standingText(found?.whole) },
    ...(parts.tables.length > 0 ? [{ label: 'Logs that tell', value: namesOf(parts.tables, 6) }] : []),
  ];
  return {
    title: `${technique.id} · ${technique.name}`,
    blocks: [
      { type: 'facts', facts },
      ...queryBlocks(technique, queries, found?.whole),
      ...templateBlocks(templates, found?.whole.templates.size ?? 0),
      ...huntBlocks(hunts),
      ...subBlocks(attack, coverage, technique),
      ...offerBlocks(parts),
      { type: 'actions', buttons: buttonsOf(parts) },
      { type: 'note', text: attack.notice },
    ],
  };
}

function standingText(covering: Covering | undefined): string {
  if (!covering || levelOf(covering, 'all').id === 'none') return 'Nothing covers it yet';
  return coveringText(covering) + (covering.hunts.size === 0 ? ', never hunted' : '');
}

function coveringText(covering: Covering | undefined): string {
  if (!covering) return '';
  return [
    covering.queries.size > 0 ? counted(covering.queries.size, 'query', 'queries') : '',
    covering.blocked.size > 0 ? `${counted(covering.blocked.size, 'query', 'queries')} that cannot run here` : '',
    covering.rules.size > 0 ? counted(covering.rules.size, 'active rule') : '',
    covering.templates.size > 0 ? counted(covering.templates.size, 'rule template') : '',
    covering.hunts.size > 0 ? counted(covering.hunts.size, 'hunt') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function queryBlocks(technique: Technique, queries: HuntQuery[], covering: Covering | undefined): Block[] {
  if (queries.length === 0) return [];
  const total = (covering?.queries.size ?? 0) + (covering?.blocked.size ?? 0);
  return [
    {
      type: 'table',
      columns: [{ title: 'Query' }, { title: 'Name' }, { title: 'For' }],
      rows: queries
        .slice(0, rows)
        .map((query) => [
          query.id,
          `${shortened(query.name, 80)}${covering?.blocked.has(query.id) ? ' (cannot run here)' : ''}`,
          query.techniques.filter((id) => id === technique.id || id.startsWith(`${technique.id}.`)).join(', '),
        ]),
      ...(total > rows ? { total, rest: 'the rest is in “queries”' } : {}),
    },
    {
      type: 'select',
      field: 'query',
      label: 'Look at a query',
      options: queries.map(({ id, name }) => ({ value: id, label: shortened(`${id} · ${name}`, 75) })),
      act: { command: 'query show', args: {} },
    },
  ];
}

function templateBlocks(templates: RuleTemplate[], total: number): Block[] {
  if (templates.length === 0) return [];
  return [
    {
      type: 'select',
      field: 'rule',
      label: `Look at a rule template${total > templates.length ? ` (${templates.length} of ${total})` : ''}`,
      options: templates.map(({ id, name, severity }) => ({
        value: id,
        label: shortened(`${name} · ${severity}`, 75),
      })),
      act: { command: 'content rule', args: {} },
    },
  ];
}

function huntBlocks(hunts: Hunt[]): Block[] {
  if (hunts.length === 0) return [];
  return [
    {
      type: 'table',
      columns: [{ title: 'Hunt' }, { title: 'Name' }, { title: 'Verdict' }],
      rows: hunts
        .slice(0, rows)
        .map((hunt) => [
          hunt.id,
          shortened(hunt.name, 60),
          hunt.because ? `${hunt.hypothesis}: ${shortened(hunt.because, 80)}` : hunt.hypothesis,
        ]),
      ...(hunts.length > rows ? { total: hunts.length, rest: '“list” shows all hunts' } : {}),
    },
  ];
}

function subBlocks(attack: Attack, coverage: Coverage, technique: Technique): Block[] {
  const subs = attack.subTechniques(technique.id);
  if (subs.length === 0) return [];
  const own = (id: string) => coverage.techniques.get(id)?.own;
  const held = subs.filter(({ id }) => own(id) !== undefined);
  const open = subs.filter(({ id }) => own(id) === undefined);
  const short = ({ id, name }: Technique) => `${id.slice(id.indexOf('.'))} ${name}`;
  const lines = held.map((sub) => `• ${short(sub)}: ${coveringText(own(sub.id))}`);
  if (open.length > 0) lines.push(`Nothing for ${namesOf(open.map(short), 30)}`);
  return [
    { type: 'heading', text: `${held.length} of ${counted(subs.length, 'sub-technique')}` },
    { type: 'text', text: lines.join('\n') },
    {
      type: 'select',
      field: 'technique',
      label: 'Look at a sub-technique',
      options: subs.map(({ id, name }) => ({ value: id, label: shortened(`${id} ${name}`, 75) })),
      act: { command: 'coverage', args: {} },
    },
  ];
}

function offerBlocks({ offers, queries, technique }: TechniqueCardParts): Block[] {
  const offered = offers.map(({ name, queries: count }) => `${name} (${counted(count, 'query', 'queries')})`);
  if (queries.length > 0)
    return offers.length === 0
      ? []
      : [{ type: 'note', text: `Solutions that have more on it and are not installed: ${namesOf(offered, 5)}.` }];
  return [
    {
      type: 'text',
      text:
        offers.length > 0
          ? `No query hunts for ${technique.id} yet. These solutions have some and are not installed: ${namesOf(offered, 5)}.`
          : `No query hunts for ${technique.id} yet. Write one, or look through “content” for a solution that has some.`,
    },
  ];
}

function buttonsOf({ technique, queries, coverage, hunt, attack, offers }: TechniqueCardParts): Button[] {
  const runnable = queries.filter(({ id }) => coverage.techniques.get(technique.id)?.whole.queries.has(id));
  const keys = (runnable.length > 0 ? runnable : queries).map(({ id }) => id);
  const names = attack.nameOf(technique.id) ?? technique.name;
  const filed = { tactics: technique.tactics.join(', '), techniques: technique.id };
  const start: Button = {
    label: 'Hunt this',
    command: 'new',
    args: { name: `${technique.id} ${names}`, ...filed, ...(keys.length > 0 ? { queries: keys } : {}) },
    opens: 'form',
  };
  const add: Button[] =
    hunt !== undefined && keys.length > 0
      ? [
          {
            label: `Add ${keys.length === 1 ? 'it' : `all ${keys.length}`} to ${hunt}`,
            command: 'add',
            args: { hunt, queries: keys },
            opens: 'nothing',
          },
        ]
      : [];
  const write: Button = { label: 'Write a query', command: 'query new', args: filed, opens: 'form' };
  const install: Button[] = offers.slice(0, 2).map(({ id, name }) => ({
    label: shortened(name, 30),
    command: 'content show',
    args: { name: id },
    opens: 'nothing',
  }));
  const [first] = technique.tactics;
  const back: Button[] =
    first === undefined
      ? []
      : [{ label: 'Its tactic', command: 'coverage', args: { tactic: first }, opens: 'nothing' }];
  if (keys.length > 0) return [{ ...start, style: 'primary' }, ...add, write, ...back];
  return [{ ...write, style: 'primary' }, ...install, start, ...back];
}

function namesOf(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}`;
}
