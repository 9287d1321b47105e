import type { Card } from '../chat/card';
import type { RuleTemplate } from '../domain/content-item';
import { attackText, unwrapped } from './wording';

export type ShownRule = Pick<
  RuleTemplate,
  | 'id'
  | 'name'
  | 'description'
  | 'kind'
  | 'severity'
  | 'text'
  | 'tactics'
  | 'techniques'
  | 'dataTypes'
  | 'entityMappings'
  | 'queryFrequency'
  | 'queryPeriod'
  | 'triggerOperator'
  | 'triggerThreshold'
  | 'check'
>;

const operators = {
  GreaterThan: 'more than',
  LessThan: 'fewer than',
  Equal: 'exactly',
  NotEqual: 'a number other than',
} as const;

/** A rule template with its query; `hunt` is the hunt of the thread. */
export function ruleTemplateCard(
  rule: ShownRule,
  solution: { slug: string; name: string },
  hunt: string | undefined,
): Card {
  const attack = attackText(rule);
  const entities = rule.entityMappings
    .map((one) => `${one.entityType} (${one.fieldMappings.map((map) => map.columnName).join(', ')})`)
    .join(', ');
  return {
    title: `Rule template: ${rule.name}`,
    blocks: [
      ...(rule.description ? [{ type: 'text' as const, text: unwrapped(rule.description) }] : []),
      { type: 'code', text: rule.text, language: 'kql' },
      {
        type: 'facts',
        facts: [
          { label: 'Severity', value: rule.severity },
          { label: 'Runs', value: scheduleText(rule) },
          ...(attack ? [{ label: 'ATT&CK', value: attack }] : []),
          ...(rule.dataTypes.length > 0 ? [{ label: 'Tables', value: rule.dataTypes.join(', ') }] : []),
          ...(entities ? [{ label: 'Entities', value: entities }] : []),
          { label: 'Solution', value: solution.name },
        ],
      },
      ...(rule.check?.ok === false
        ? [{ type: 'note' as const, text: `It cannot run here now: ${rule.check.message ?? 'it does not compile'}` }]
        : []),
      {
        type: 'actions',
        buttons: [
          {
            label: hunt ? `Hunt this in ${hunt}` : 'Hunt this',
            command: 'content hunt',
            args: { rule: rule.id, ...(hunt ? { hunt } : {}) },
            opens: 'nothing',
            style: 'primary',
          },
          { label: 'Make a rule', command: 'rule new', args: { source: rule.id }, opens: 'form' },
          { label: solution.name, command: 'content show', args: { name: solution.slug }, opens: 'nothing' },
        ],
      },
    ],
  };
}

function scheduleText(rule: ShownRule): string {
  if (rule.kind === 'NRT') return 'all the time, on each new row';
  const every = rule.queryFrequency ? `every ${spanText(rule.queryFrequency)}` : 'on a schedule of your choice';
  const over = rule.queryPeriod ? `, over the last ${spanText(rule.queryPeriod)}` : '';
  const when =
    rule.triggerOperator && rule.triggerThreshold !== undefined
      ? `; alerts on ${triggerText(rule.triggerOperator, rule.triggerThreshold)}`
      : '';
  return `${every}${over}${when}`;
}

function triggerText(operator: keyof typeof operators, threshold: number): string {
  if (operator === 'GreaterThan' && threshold === 0) return 'any row';
  return `${operators[operator]} ${threshold} ${threshold === 1 ? 'row' : 'rows'}`;
}

/** `P1DT2H` as `1 d 2 h`. */
function spanText(iso: string): string {
  const pieces = [...iso.matchAll(/(\d+)([DHMS])/g)].map((piece) => `${piece[1]} ${(piece[2] ?? '').toLowerCase()}`);
  return pieces.join(' ').replace(/ m$/, ' min') || iso;
}
