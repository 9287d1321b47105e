import type { Block, Button, Card } from '../chat/card';
import type { QueryCheck } from '../domain/query';
import { type ContentCounts, contentText } from './content-counts';
import { counted, dayText, shortened, unwrapped } from './wording';

export interface SolutionDetails {
  slug: string;
  name: string;
  description: string;
  author: string;
  state: 'always' | 'installed' | 'update' | 'available';
  /** What is installed, or could be. */
  version: string;
  /** The newer one, where there is one. */
  newer?: string;
  installed?: { by: string; at: Date };
  counts: ContentCounts;
  queries: {
    key?: string;
    name: string;
    tactics: string[];
    techniques: string[];
    missing: string[];
    check?: QueryCheck;
  }[];
  rules: { id: string; name: string; severity: string }[];
  parsers: { name: string; title: string; check?: QueryCheck }[];
  watchlists: { alias: string; rows: number; columns: number }[];
  playbooks: { name: string; worksOn: string[] }[];
  /** Whether whoever looks may install. */
  mayChange: boolean;
}

/** One solution with all that it holds, and what of it cannot run here. */
export function solutionCard(solution: SolutionDetails): Card {
  const { queries, rules } = solution;
  const keyed = queries.filter((one) => one.key !== undefined);
  return {
    title: `${solution.name} · ${titleState(solution)}`,
    ...(solution.state === 'update' ? { tone: 'warning' as const } : {}),
    blocks: [
      ...(solution.description ? [{ type: 'text' as const, text: unwrapped(solution.description) }] : []),
      { type: 'facts', facts: factsOf(solution) },
      { type: 'actions', buttons: buttonsOf(solution) },
      ...(queries.length > 0 ? queryBlocks(solution) : []),
      ...(rules.length > 0 ? ruleBlocks(rules) : []),
      ...partBlocks(solution),
      ...(keyed.length > 0
        ? [
            {
              type: 'select' as const,
              field: 'query',
              label: 'Look at a query',
              options: keyed.map(({ key = '', name }) => ({ value: key, label: `${key} · ${name}` })),
              act: { command: 'query show', args: {} },
            },
          ]
        : []),
      ...(solution.mayChange || solution.state === 'always'
        ? []
        : [{ type: 'note' as const, text: 'A lead or an administrator can install, update and remove solutions.' }]),
    ],
  };
}

function titleState({ state, version, newer }: SolutionDetails): string {
  if (state === 'always') return 'always there';
  if (state === 'available') return `${version}, not installed`;
  return newer ? `${version} installed, ${newer} is ready` : `${version} installed`;
}

function factsOf(solution: SolutionDetails): { label: string; value: string }[] {
  const { queries, installed, author, counts } = solution;
  const fit = queries.filter((one) => one.missing.length === 0 && one.check?.ok !== false).length;
  return [
    { label: 'Holds', value: contentText(counts) },
    ...(queries.length > 0
      ? [{ label: 'Can run here', value: `${fit} of ${counted(queries.length, 'query', 'queries')}` }]
      : []),
    ...(author ? [{ label: 'Author', value: author }] : []),
    ...(installed ? [{ label: 'Installed', value: `${dayText(installed.at)} by ${installed.by}` }] : []),
  ];
}

function buttonsOf({ slug, name, state, mayChange, queries, newer }: SolutionDetails): Button[] {
  const args = { name: slug };
  const list: Button = { label: 'Its queries', command: 'queries', args: { solution: slug }, opens: 'nothing' };
  const hunt: Button = { label: 'Add to a hunt', command: 'add', args: { solution: slug }, opens: 'form' };
  const update: Button = { label: 'Update', command: 'content update', args, opens: 'nothing', style: 'primary' };
  const remove: Button = { label: 'Remove', command: 'content remove', args, opens: 'nothing', style: 'danger' };
  const install: Button = {
    label: `Install ${name}`,
    command: 'content install',
    args,
    opens: 'nothing',
    style: 'primary',
  };
  if (state === 'available') return mayChange ? [install, listAll()] : [listAll()];
  return [
    ...(newer && mayChange ? [update] : []),
    ...(queries.length > 0 ? [list, hunt] : []),
    ...(mayChange && state !== 'always' ? [remove] : []),
    listAll(),
  ];
}

function listAll(): Button {
  return { label: 'All solutions', command: 'content', args: {}, opens: 'nothing' };
}

function queryBlocks({ queries }: SolutionDetails): Block[] {
  const keyed = queries.some((one) => one.key !== undefined);
  const faults = queries.flatMap((one) => {
    const why = faultOf(one);
    return why === null ? [] : [`${one.key ?? one.name}: ${why}`];
  });
  return [
    { type: 'heading', text: 'Hunting queries' },
    {
      type: 'table',
      columns: [...(keyed ? [{ title: 'Query' }] : []), { title: 'Name and techniques' }],
      rows: queries.map((one) => [
        ...(keyed ? [one.key ?? 'deleted here'] : []),
        [`${faultOf(one) === null ? '' : '✗ '}${shortened(one.name, 80)}`, ...one.techniques].join(' · '),
      ]),
    },
    ...faultBlocks(faults.length > 0 ? ['✗ cannot run here:', ...faults] : []),
  ];
}

function faultOf(one: SolutionDetails['queries'][number]): string | null {
  if (one.missing.length > 0) return `no ${one.missing.join(', ')} here`;
  return one.check?.ok === false ? (one.check.message ?? 'it does not compile') : null;
}

function ruleBlocks(rules: SolutionDetails['rules']): Block[] {
  return [
    {
      type: 'select',
      field: 'rule',
      label: `${counted(rules.length, 'rule template')}`,
      options: rules.map(({ id, name, severity }) => ({ value: id, label: `${name} (${severity})` })),
      act: { command: 'content rule', args: {} },
    },
  ];
}

function partBlocks({ parsers, watchlists, playbooks }: SolutionDetails): Block[] {
  const facts = [
    ...parsers.map(({ name, title }) => ({
      label: `Parser ${name}`,
      value: title === name ? 'a function for queries' : title,
    })),
    ...watchlists.map(({ alias, rows, columns }) => ({
      label: `Watchlist ${alias}`,
      value: `${counted(rows, 'row')}, ${counted(columns, 'column')}`,
    })),
    ...playbooks.map(({ name, worksOn }) => ({
      label: 'Playbook template',
      value: worksOn.length > 0 ? `${name}, for ${worksOn.join(', ')}` : name,
    })),
  ];
  const faults = parsers.flatMap(({ name, check }) =>
    check?.ok === false ? [`Parser ${name}: ${check.message ?? 'it does not compile'}`] : [],
  );
  return [...(facts.length > 0 ? [{ type: 'facts' as const, facts }] : []), ...faultBlocks(faults)];
}

const mostFaults = 8;

function faultBlocks(faults: string[]): Block[] {
  if (faults.length === 0) return [];
  const lines = faults.slice(0, mostFaults).map((one) => shortened(one, 300));
  if (faults.length > mostFaults) lines.push(`… and ${faults.length - mostFaults} more.`);
  return [{ type: 'note', text: lines.join('\n') }];
}
