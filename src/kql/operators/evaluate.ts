import { callName } from '../expressions/call-parts';
import { kindOf, part } from '../kusto';
import { bagUnpack } from '../plugins/bag-unpack';
import type { Plugin } from '../plugins/define-plugin';
import { ipv4Lookup, ipv6Lookup } from '../plugins/ip-lookup';
import { narrow } from '../plugins/narrow';
import { pivot } from '../plugins/pivot';
import { rowsNear } from '../plugins/rows-near';
import { rollingPercentile, slidingWindowCounts } from '../plugins/sliding-window';
import type { Operator } from './define-operator';

/** Every plugin of `evaluate`, by name. */
export const plugins: ReadonlyMap<string, Plugin> = new Map(
  [bagUnpack, ipv4Lookup, ipv6Lookup, narrow, pivot, rollingPercentile, rowsNear, slidingWindowCounts].map((plugin) => [
    plugin.name,
    plugin,
  ]),
);

export const insteadOf: Record<string, string> = {
  autocluster: 'summarize count() by the columns of interest',
  basket: 'summarize count() by the columns of interest',
  diffpatterns: 'summarize countif() of both sides by the columns of interest',
  sequence_detect: 'join the steps by their key and compare their times',
};

export const evaluate: Operator = {
  name: 'evaluate',
  kind: 'EvaluateOperator',
  compile(node, input, env, context) {
    const call = part(node, 'FunctionCall');
    if (kindOf(call) !== 'FunctionCallExpression') return context.fail(call, 'syntax', '`evaluate` needs a plugin');
    const plugin = plugins.get(callName(call));
    if (!plugin) {
      const instead = insteadOf[callName(call)];
      const hint = instead === undefined ? '' : `; ${instead}`;
      return context.fail(call, 'unsupported', `the plugin \`${callName(call)}\` is not supported yet${hint}`);
    }
    return plugin.compile(node, call, input, env, context);
  },
};
