import { parameterText, part } from '../kusto';
import { selectFrom } from '../relation';
import type { Operator } from './define-operator';
import { joinKeys } from './join-keys';
import { onKeys, sideColumns, uniqueNames } from './join-rows';

export const lookup: Operator = {
  name: 'lookup',
  kind: 'LookupOperator',
  compile(node, input, env, context) {
    const right = context.tabular(part(node, 'Expression'), env);
    const keys = joinKeys(part(node, 'LookupClause'), input.columns, right.columns, context);
    const inner = parameterText(node, 'kind')?.toLowerCase() === 'inner';
    const added = right.columns.filter((column) => !keys.some((key) => key.right === column));
    const items = uniqueNames([...sideColumns(input.columns, 'l', false), ...sideColumns(added, 'r', !inner)]);
    return selectFrom(`${input.from} AS l ${inner ? '' : 'LEFT '}JOIN ${right.from} AS r ON ${onKeys(keys)}`, items);
  },
};
