import { callName } from '../expressions/call-parts';
import { kindOf, part } from '../kusto';
import {
  activeUsersCount,
  activityCountsMetrics,
  activityMetrics,
  newActivityMetrics,
} from '../plugins/activity-metrics';
import { bagUnpack } from '../plugins/bag-unpack';
import type { Plugin } from '../plugins/define-plugin';
import { ipv4Lookup, ipv6Lookup } from '../plugins/ip-lookup';
import { narrow } from '../plugins/narrow';
import { pivot } from '../plugins/pivot';
import { rowsNear } from '../plugins/rows-near';
import { sequenceDetect } from '../plugins/sequence-detect';
import { rollingPercentile, slidingWindowCounts } from '../plugins/sliding-window';
import type { Operator } from './define-operator';

/** Every plugin of `evaluate`, by name. */
export const plugins: ReadonlyMap<string, Plugin> = new Map(
  [
    activeUsersCount,
    activityCountsMetrics,
    activityMetrics,
    bagUnpack,
    ipv4Lookup,
    ipv6Lookup,
    narrow,
    newActivityMetrics,
    pivot,
    rollingPercentile,
    rowsNear,
    sequenceDetect,
    slidingWindowCounts,
  ].map((plugin) => [plugin.name, plugin]),
);

const ownPatterns = 'it looks for patterns by a method of Kusto’s own that cannot be repeated here';
const network = 'it reads the network, which a query here may not';

/** Plugins that are refused by name: why, and what to write instead. */
export const insteadOf: Record<string, string> = {
  activity_engagement: 'summarize dcount() by each of both windows and divide',
  autocluster: `${ownPatterns}; summarize count() by the columns of interest`,
  basket: `${ownPatterns}; summarize count() by the columns of interest`,
  cosmosdb_sql_request: network,
  dcount_intersect: 'join the sets on their values and count',
  diffpatterns: `${ownPatterns}; summarize countif() of both sides by the columns of interest`,
  funnel_sequence: 'it gives three tables, an answer here is one; write sequence_detect',
  funnel_sequence_completion: 'write sequence_detect and summarize dcount() by step',
  http_request: network,
  http_request_post: network,
  mysql_request: network,
  postgresql_request: network,
  python: 'no code runs inside a query',
  r: 'no code runs inside a query',
  session_count: 'sort the rows, number the sessions with row_window_session() and count them',
  sql_request: network,
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
      return context.fail(call, 'unsupported', `the plugin \`${callName(call)}\` is not supported${hint}`);
    }
    return plugin.compile(node, call, input, env, context);
  },
};
