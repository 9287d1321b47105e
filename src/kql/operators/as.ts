import { part, simpleName } from '../kusto';
import type { Relation } from '../relation';
import type { Operator } from './define-operator';

export const as: Operator = {
  name: 'as',
  kind: 'AsOperator',
  compile(node, input, env, context) {
    const name = simpleName(part(node, 'Name'));
    const named: Relation = { ...input, from: context.define(input.from, false), table: name };
    env.set(name, { kind: 'table', relation: () => named });
    return named;
  },
};
