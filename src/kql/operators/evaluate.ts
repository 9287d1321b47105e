import { callName } from '../expressions/call-parts';
import { kindOf, part } from '../kusto';
import { bagUnpack } from '../plugins/bag-unpack';
import type { Plugin } from '../plugins/define-plugin';
import { ipv4Lookup, ipv6Lookup } from '../plugins/ip-lookup';
import { narrow } from '../plugins/narrow';
import type { Operator } from './define-operator';

/** Every plugin of `evaluate`, by name. */
const plugins: ReadonlyMap<string, Plugin> = new Map(
  [bagUnpack, ipv4Lookup, ipv6Lookup, narrow].map((plugin) => [plugin.name, plugin]),
);

export const evaluate: Operator = {
  name: 'evaluate',
  kind: 'EvaluateOperator',
  compile(node, input, env, context) {
    const call = part(node, 'FunctionCall');
    if (kindOf(call) !== 'FunctionCallExpression') return context.fail(call, 'syntax', '`evaluate` needs a plugin');
    const plugin = plugins.get(callName(call));
    if (!plugin) return context.fail(call, 'unsupported', `the plugin \`${callName(call)}\` is not supported yet`);
    return plugin.compile(node, call, input, env, context);
  },
};
