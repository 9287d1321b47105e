import type { IncidentGrouping, TriggerOperator } from './analytics-rule';

const operators: Record<string, TriggerOperator> = {
  '>': 'GreaterThan',
  '<': 'LessThan',
  '=': 'Equal',
  '==': 'Equal',
  '!=': 'NotEqual',
  '<>': 'NotEqual',
  '≠': 'NotEqual',
};

export interface Trigger {
  operator: TriggerOperator;
  threshold: number;
}

/** `> 0`, `>=5`, `= 0`, `10`: a bare number means more than it. */
export function parseTrigger(text: string): Trigger | null {
  const match = /^(>=|<=|[<>]|==?|!=|<>|≠)?\s*(\d{1,9})$/.exec(text.trim());
  if (!match) return null;
  const number = Number(match[2]);
  const sign = match[1] ?? '>';
  if (sign === '>=') return number === 0 ? null : { operator: 'GreaterThan', threshold: number - 1 };
  if (sign === '<=') return { operator: 'LessThan', threshold: number + 1 };
  const operator = operators[sign];
  return operator ? { operator, threshold: number } : null;
}

/** As it is typed: `> 0`. */
export function triggerText({ operator, threshold }: Trigger): string {
  const sign = { GreaterThan: '>', LessThan: '<', Equal: '=', NotEqual: '!=' }[operator];
  return `${sign} ${threshold}`;
}

/** How alerts come together in incidents, by the words people choose from. */
export const groupings = ['entities', 'rule', 'each', 'none'] as const;
export type GroupingWord = (typeof groupings)[number];

export function groupingOf(word: GroupingWord, lookbackMilliseconds: number, reopen: boolean): IncidentGrouping {
  return {
    createIncident: word !== 'none',
    enabled: word === 'entities' || word === 'rule',
    reopenClosedIncident: reopen,
    lookbackMilliseconds,
    matchingMethod: word === 'rule' ? 'AnyAlert' : 'AllEntities',
    groupByEntities: [],
  };
}

export function groupingWord(grouping: IncidentGrouping): GroupingWord {
  if (!grouping.createIncident) return 'none';
  if (!grouping.enabled) return 'each';
  return grouping.matchingMethod === 'AnyAlert' ? 'rule' : 'entities';
}
