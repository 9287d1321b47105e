import { callsWindow } from '../expressions/windows';
import { part } from '../kusto';
import { filtered } from '../relation';
import type { Operator } from './define-operator';

export const where: Operator = {
  name: 'where',
  kind: 'FilterOperator',
  compile(node, input, env, context) {
    const condition = part(node, 'Condition');
    const sql = context.condition(condition, { columns: input.columns, env });
    return filtered(input, `${callsWindow(condition) ? 'QUALIFY' : 'WHERE'} ${sql}`);
  },
};
