import type { Card } from '../chat/card';
import type { AnalyticsRule, RuleWindow } from '../domain/analytics-rule';
import type { Incident } from '../domain/incident';
import { entityLabels } from './entity-label';
import { attackText, counted, instantText, shortened, stampText } from './wording';

const shownIncidents = 10;

/** What one window of a rule raised, failed at, or did not look at. */
export function ruleWindowCard(rule: AnalyticsRule, window: RuleWindow, incidents: Incident[]): Card {
  const title = titleOf(rule, window);
  const show = { label: 'The rule', command: 'rule show', args: { rule: rule.id }, opens: 'nothing' as const };
  const span = `${stampText(window.from)} to ${instantText(window.to)}`;
  if (window.state !== 'done')
    return {
      title,
      tone: 'warning',
      blocks: [
        { type: 'text', text: window.note ?? '' },
        { type: 'facts', facts: [{ label: 'Time', value: span }] },
        { type: 'actions', buttons: [show] },
      ],
    };
  const entities = entityLabels(window.entities);
  const attack = attackText(rule);
  return {
    title,
    tone: rule.severity === 'High' ? 'danger' : 'warning',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Severity', value: rule.severity },
          { label: 'Time', value: `${span}${window.late ? ' · made up for later' : ''}` },
          { label: 'Rows', value: window.rows.toLocaleString('en-US') },
          ...(entities.length > 0
            ? [
                {
                  label: 'Entities',
                  value: `${entities
                    .slice(0, 8)
                    .map((one) => shortened(one, 80))
                    .join(' · ')}${entities.length > 8 ? ` and ${entities.length - 8} more` : ''}`,
                },
              ]
            : []),
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
        ],
      },
      ...(incidents.length > 0
        ? [
            {
              type: 'table' as const,
              columns: [
                { title: 'Incident' },
                { title: '' },
                { title: 'Status' },
                { title: 'Alerts', align: 'right' as const },
              ],
              rows: incidents
                .slice(0, shownIncidents)
                .map((one) => [
                  one.id,
                  window.incidents.find((placed) => placed.id === one.id)?.isNew ? 'new' : 'joined',
                  one.status,
                  String(one.alerts.length),
                ]),
              ...(incidents.length > shownIncidents
                ? { total: incidents.length, rest: '“incidents” lists them all' }
                : {}),
            },
            {
              type: 'select' as const,
              field: 'incident',
              label: 'Open an incident',
              options: incidents
                .slice(0, 25)
                .map((one) => ({ value: one.id, label: shortened(`${one.id} · ${one.title}`, 70) })),
              act: { command: 'incident show', args: {} },
            },
          ]
        : []),
      ...(window.note ? [{ type: 'note' as const, text: window.note }] : []),
      {
        type: 'actions',
        buttons: [
          ...(window.run
            ? [
                {
                  label: 'View rows',
                  command: 'results',
                  args: { run: window.run },
                  opens: 'nothing' as const,
                  style: 'primary' as const,
                },
              ]
            : []),
          show,
        ],
      },
    ],
  };
}

function titleOf(rule: AnalyticsRule, window: RuleWindow): string {
  const name = `${rule.id} ${shortened(rule.name, 100)}`;
  if (window.state === 'failed') return rule.state === 'enabled' ? `${name} could not run` : `${name} was switched off`;
  if (window.state === 'skipped') return `${name} did not run for a while`;
  const fresh = window.incidents.filter((one) => one.isNew).length;
  const joined = window.incidents.length - fresh;
  const parts = [
    ...(fresh > 0 ? [counted(fresh, 'new incident')] : []),
    ...(joined > 0 ? [`${counted(joined, 'open incident')} grew`] : []),
  ];
  return `${name}: ${counted(window.alerts, 'alert')}${parts.length > 0 ? `, ${parts.join(', ')}` : ''}`;
}
