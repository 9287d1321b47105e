import { optionalPart, part, sourceText } from '../kusto';
import { selectFrom } from '../relation';
import type { Operator } from './define-operator';

export const count: Operator = {
  name: 'count',
  kind: 'CountOperator',
  compile(node, input) {
    const as = optionalPart(node, 'AsIdentifier');
    const name = as ? sourceText(part(as, 'Identifier')) : 'Count';
    return selectFrom(input.from, [{ name, expr: { sql: 'count(*)', type: 'long' } }]);
  },
};
