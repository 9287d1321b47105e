import type { Operator } from './define-operator';
import { extend } from './extend';

export const serialize: Operator = {
  name: 'serialize',
  kind: 'SerializeOperator',
  compile(node, input, env, context) {
    return { ...extend.compile(node, input, env, context), sorted: true };
  },
};
