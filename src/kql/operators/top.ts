import { part } from '../kusto';
import { filtered } from '../relation';
import type { Operator } from './define-operator';
import { renumbered, sortKey } from './sort';
import { rowCount } from './take';

export const top: Operator = {
  name: 'top',
  kind: 'TopOperator',
  compile(node, input, env, context) {
    const key = sortKey(part(node, 'ByExpression'), input, env, context);
    const limit = rowCount(part(node, 'Expression'), env, context);
    return renumbered(filtered(input, `ORDER BY ${key} LIMIT ${limit}`, true), [key]);
  },
};
