import type { Button, Card } from '../chat/card';
import type { AnalyticsRule, RuleWindow } from '../domain/analytics-rule';
import { spanWord } from '../domain/span-words';
import { pager } from './pager';
import { attackText, counted, instantText, shortened, stampText, threadText, unwrapped } from './wording';

const operators = {
  GreaterThan: 'more than',
  LessThan: 'fewer than',
  Equal: 'exactly',
  NotEqual: 'other than',
} as const;

export function scheduleText(rule: AnalyticsRule): string {
  return `every ${spanWord(rule.frequencyMilliseconds)}, over the last ${spanWord(rule.periodMilliseconds)}`;
}

export function alertText(rule: AnalyticsRule): string {
  const when = `${operators[rule.triggerOperator]} ${counted(rule.triggerThreshold, 'row')}`;
  const each = rule.aggregation === 'SingleAlert' ? 'one alert' : 'an alert for each row';
  const quiet = rule.suppressionMilliseconds ? `, then quiet for ${spanWord(rule.suppressionMilliseconds)}` : '';
  return `${each} on ${when}${quiet}`;
}

function incidentText({ grouping }: AnalyticsRule): string {
  if (!grouping.createIncident) return 'none';
  if (!grouping.enabled) return 'one for each alert';
  const what =
    grouping.matchingMethod === 'AnyAlert' ? 'one for all its alerts' : 'one for alerts with the same entities';
  return `${what}, while the last alert is less than ${spanWord(grouping.lookbackMilliseconds)} old`;
}

export function stateText(rule: AnalyticsRule): string {
  if (rule.approval && rule.state !== 'enabled') return `${rule.state}, waits for ${rule.approval}`;
  if (rule.state === 'enabled')
    return `enabled${rule.enabledBy ? ` by ${rule.enabledBy.name}` : ''}${rule.nextWindow ? `, next ${instantText(rule.nextWindow)}` : ''}`;
  return rule.state === 'draft' ? 'draft: it does not run yet' : 'disabled';
}

export function ruleCard(
  rule: AnalyticsRule,
  more: { verb?: string; note?: string | null; windows?: RuleWindow[] } = {},
): Card {
  const attack = attackText(rule);
  const args = { rule: rule.id };
  const mappings = rule.entityMappings
    .map((one) => `${one.entityType} (${one.fieldMappings.map((map) => map.columnName).join(', ')})`)
    .join(', ');
  const replay = rule.lastReplay;
  const title = `${rule.id} · ${rule.name}`;
  return {
    title: more.verb ? `${more.verb} ${title}` : title,
    tone: rule.state === 'enabled' ? 'good' : 'neutral',
    blocks: [
      ...(rule.description ? [{ type: 'text' as const, text: unwrapped(rule.description) }] : []),
      { type: 'code', text: rule.text, language: 'kql' },
      {
        type: 'facts',
        facts: [
          { label: 'State', value: stateText(rule) },
          { label: 'Severity', value: rule.severity },
          { label: 'Runs', value: `${scheduleText(rule)}, on ${rule.engine}` },
          { label: 'Alerts', value: alertText(rule) },
          { label: 'Incidents', value: incidentText(rule) },
          ...(rule.thread ? [{ label: 'Told in', value: threadText(rule.thread) }] : []),
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
          ...(mappings ? [{ label: 'Entities', value: mappings }] : []),
          {
            label: 'Replayed',
            value: replay
              ? `${counted(replay.alerts, 'alert')} in ${counted(replay.days, 'day')}, looked at ${instantText(replay.at)}`
              : 'never: nobody knows yet how often it would ring',
          },
          ...(rule.hunts.length > 0 ? [{ label: 'Hunts', value: rule.hunts.join(', ') }] : []),
          ...(rule.source ? [{ label: 'From', value: rule.source }] : []),
        ],
      },
      ...windowBlocks(more.windows ?? []),
      { type: 'actions', buttons: buttonsOf(rule, args) },
      ...(more.note ? [{ type: 'note' as const, text: more.note }] : []),
      { type: 'note', text: `Made by ${rule.createdBy.name}, ${instantText(rule.createdAt)}.` },
    ],
  };
}

function buttonsOf(rule: AnalyticsRule, args: { rule: string }): Button[] {
  const replay: Button = { label: 'Replay 30 days', command: 'rule replay', args, opens: 'nothing' };
  const edit: Button = { label: 'Edit', command: 'rule edit', args, opens: 'form' };
  const disable: Button = { label: 'Disable', command: 'rule disable', args, opens: 'nothing' };
  const enable: Button = { label: 'Enable', command: 'rule enable', args, opens: 'form' };
  const remove: Button = {
    label: 'Delete',
    command: 'rule delete',
    args: { ...args, confirmed: 'yes' },
    opens: 'nothing',
    style: 'danger',
    confirm: { title: `Delete ${rule.id}?`, text: 'It stops running. It can be restored.', yes: 'Delete' },
  };
  if (rule.state === 'enabled') return [{ ...replay, style: 'primary' }, edit, disable, remove];
  return rule.lastReplay
    ? [{ ...enable, style: 'primary' }, replay, edit, remove]
    : [{ ...replay, style: 'primary' }, enable, edit, remove];
}

function windowBlocks(windows: RuleWindow[]): Card['blocks'] {
  if (windows.length === 0) return [];
  return [
    {
      type: 'table',
      columns: [
        { title: 'Window until (UTC)' },
        { title: 'Rows', align: 'right' },
        { title: 'Alerts', align: 'right' },
        { title: 'Incidents' },
        { title: '' },
      ],
      rows: windows.map((one) => [
        stampText(one.to),
        String(one.rows),
        String(one.alerts),
        one.incidents.map((placed) => placed.id).join(', '),
        [one.state === 'done' ? '' : one.state, one.late ? 'late' : '', shortened(one.note ?? '', 120)]
          .filter(Boolean)
          .join(' · '),
      ]),
    },
  ];
}

export function ruleListCard(list: {
  rules: AnalyticsRule[];
  total: number;
  page: number;
  pages: number;
  args: Record<string, string>;
  filtered: boolean;
}): Card {
  if (list.total === 0)
    return list.filtered
      ? {
          title: 'No rule fits',
          blocks: [
            { type: 'text', text: 'There may be rules without these filters.' },
            { type: 'actions', buttons: [{ label: 'All rules', command: 'rules', args: {}, opens: 'nothing' }] },
          ],
        }
      : {
          title: 'No analytics rules yet',
          blocks: [
            {
              type: 'text',
              text: 'A query that found something can watch from now on: “rule new Q-1”, or H-1/Q-1, or a tab’s key. It begins as a draft; replay it over the last 30 days before it is enabled.',
            },
            {
              type: 'actions',
              buttons: [
                { label: 'Queries', command: 'queries', args: {}, opens: 'nothing' },
                { label: 'Rule templates', command: 'content', args: {}, opens: 'nothing' },
              ],
            },
          ],
        };
  return {
    title: counted(list.total, 'analytics rule'),
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Rule' },
          { title: 'Name' },
          { title: 'State' },
          { title: 'Severity' },
          { title: 'Runs' },
          { title: 'Replay' },
        ],
        rows: list.rules.map((one) => [
          one.id,
          shortened(one.name, 80),
          one.approval && one.state !== 'enabled' ? `waits for ${one.approval}` : one.state,
          one.severity,
          `every ${spanWord(one.frequencyMilliseconds)}`,
          one.lastReplay ? `${one.lastReplay.alerts} in ${one.lastReplay.days} d` : 'never',
        ]),
        ...(list.total > list.rules.length ? { total: list.total, rest: `page ${list.page} of ${list.pages}` } : {}),
      },
      {
        type: 'select',
        field: 'rule',
        label: 'Open a rule',
        options: list.rules.map((one) => ({ value: one.id, label: shortened(`${one.id} · ${one.name}`, 70) })),
        act: { command: 'rule show', args: {} },
      },
      ...pager('rules', list.args, list),
    ],
  };
}
