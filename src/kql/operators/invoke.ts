import { kindOf, part, simpleName } from '../kusto';
import { storedBinding } from '../stored-function';
import type { Operator } from './define-operator';

export const invoke: Operator = {
  name: 'invoke',
  kind: 'InvokeOperator',
  compile(node, input, env, context) {
    const call = part(node, 'Function');
    const name = kindOf(call) === 'FunctionCallExpression' ? simpleName(part(call, 'Name')) : simpleName(call);
    const bound = env.get(name);
    const stored = context.input.functions?.find((one) => one.name === name);
    const binding = bound?.kind === 'function' ? bound : stored && storedBinding(stored, call, context);
    if (!binding)
      return context.fail(call, 'unsupported', `the function \`${name}\` is not supported yet with \`invoke\``);
    const named = { ...input, from: context.define(input.from, false) };
    const result = context.callFunction(binding, call, { columns: [], env }, named);
    return 'relation' in result
      ? result.relation
      : context.fail(call, 'type', `${name} gives a value, where a table is needed`);
  },
};
