import { parameterText, part } from '../kusto';
import { columnExprs, selectFrom } from '../relation';
import type { Operator } from './define-operator';
import { joinForRow } from './join-for-row';
import { joinKeys } from './join-keys';
import { onKeys, sideColumns, uniqueByKey, uniqueNames } from './join-rows';

/** How each kind is said in SQL, and which side's columns it may leave empty. */
const kinds: Record<string, { sql: string; only?: 'left' | 'right'; empty?: 'left' | 'right' | 'both' }> = {
  innerunique: { sql: 'JOIN' },
  inner: { sql: 'JOIN' },
  leftouter: { sql: 'LEFT JOIN', empty: 'right' },
  rightouter: { sql: 'RIGHT JOIN', empty: 'left' },
  fullouter: { sql: 'FULL JOIN', empty: 'both' },
  leftsemi: { sql: 'SEMI JOIN', only: 'left' },
  leftanti: { sql: 'ANTI JOIN', only: 'left' },
  leftantisemi: { sql: 'ANTI JOIN', only: 'left' },
  anti: { sql: 'ANTI JOIN', only: 'left' },
  rightsemi: { sql: 'SEMI JOIN', only: 'right' },
  rightanti: { sql: 'ANTI JOIN', only: 'right' },
  rightantisemi: { sql: 'ANTI JOIN', only: 'right' },
};

export const join: Operator = {
  name: 'join',
  kind: 'JoinOperator',
  difference: 'innerunique keeps one row of the left side for each key; which one is not determined, in Kusto neither',
  compile(node, input, env, context) {
    const right = context.tabular(part(node, 'Expression'), env);
    const keys = joinKeys(part(node, 'ConditionClause'), input.columns, right.columns, context);
    const name = parameterText(node, 'kind') ?? 'innerunique';
    const kind = kinds[name.toLowerCase()];
    if (!kind) return context.fail(node, 'unsupported', `a join of kind ${name} is not supported`);
    const on = onKeys(keys);
    if (context.perRow(input.from) || context.perRow(right.from))
      return joinForRow(node, { name: name.toLowerCase(), ...kind }, { left: input, right, keys }, context);
    if (kind.only === 'left') {
      return selectFrom(`${input.from} AS l ${kind.sql} ${right.from} AS r ON ${on}`, columnExprs(input.columns, 'l'));
    }
    if (kind.only === 'right') {
      return selectFrom(`${right.from} AS r ${kind.sql} ${input.from} AS l ON ${on}`, columnExprs(right.columns, 'r'));
    }
    const left = name.toLowerCase() === 'innerunique' ? uniqueByKey(input, keys) : input.from;
    const items = uniqueNames([
      ...sideColumns(input.columns, 'l', kind.empty === 'left' || kind.empty === 'both'),
      ...sideColumns(right.columns, 'r', kind.empty === 'right' || kind.empty === 'both'),
    ]);
    return selectFrom(`${left} AS l ${kind.sql} ${right.from} AS r ON ${on}`, items);
  },
};
