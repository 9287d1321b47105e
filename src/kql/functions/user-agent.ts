import type { Expr } from '../expr';
import { toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { quoteText } from './quote-text';
import { type AgentPart, longestUserAgent, parseUserAgent } from './user-agent-parser';

const parts: Record<string, AgentPart> = { browser: 'Browser', os: 'OperatingSystem', device: 'Device' };

export const userAgentFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'parse_user_agent',
    arity: [2, 2],
    difference: `by the public list of uap-core, which may be newer than Kusto's; of a user agent longer than ${longestUserAgent} characters the rest is not looked at`,
    scripts: [
      {
        name: 'kql_parse_user_agent',
        parameters: ['VARCHAR', 'VARCHAR'],
        returns: 'VARCHAR',
        run(agent, wanted) {
          if (typeof agent !== 'string' || typeof wanted !== 'string') return null;
          const found = wanted
            .split(',')
            .map((one) => parts[one])
            .filter((one) => one !== undefined);
          return JSON.stringify(Object.fromEntries(found.map((part) => [part, parseUserAgent(agent, part)])));
        },
      },
    ],
    compile([agent, lookFor], call) {
      if (!agent || !lookFor) return call.fail('type', 'parse_user_agent needs a user agent and what to look for');
      const wanted = wantedParts(lookFor, call).join(',');
      return { sql: `kql_parse_user_agent(${toText(agent)}, ${quoteText(wanted)})::JSON`, type: 'dynamic' };
    },
  }),
];

/** In the order of the answer, which is not that of the question. */
function wantedParts({ constant }: Expr, call: CallSite): string[] {
  const value = constant?.value;
  const list = Array.isArray(value) ? value : [value];
  const asked = list.map((one) => (typeof one === 'string' ? one.toLowerCase() : ''));
  if (asked.length === 0 || asked.some((one) => parts[one] === undefined))
    return call.fail(
      'type',
      `what to look for is a constant: 'browser', 'os', 'device', or a dynamic array of them`,
      1,
    );
  return Object.keys(parts).filter((one) => asked.includes(one));
}
