import type { Context } from '../context';
import type { Expr } from '../expr';
import { callArguments } from '../expressions/call-parts';
import { scalarFunctions } from '../functions/registry';
import { kindOf, part, type SyntaxNode, simpleName } from '../kusto';
import { onKeys, sideColumns, uniqueNames } from '../operators/join-rows';
import { type RelationColumn, selectFrom } from '../relation';
import type { Plugin } from './define-plugin';

export const ipv4Lookup = lookupPlugin('ipv4_lookup', 'ipv4_is_in_range');
export const ipv6Lookup = lookupPlugin('ipv6_lookup', 'ipv6_is_in_range');

/** Rows of the input with the networks of the lookup table that their address is in; further arguments are common keys. */
function lookupPlugin(name: string, inRange: string): Plugin {
  return {
    name,
    compile(_node, call, input, env, context) {
      const [tableNode, addressNode, networkNode, ...rest] = callArguments(call);
      if (!tableNode || !addressNode || !networkNode)
        return context.fail(call, 'type', `\`${name}\` takes a table, an address and a network`);
      const table = context.tabular(tableNode, env);
      const address = columnOf(addressNode, input.columns, context);
      const network = columnOf(networkNode, table.columns, context);
      const keys = rest
        .filter((one) => kindOf(one) === 'NameReference')
        .map((one) => ({ left: columnOf(one, input.columns, context), right: columnOf(one, table.columns, context) }));
      const test = scalarFunctions.get(inRange);
      if (!test) return context.fail(call, 'unsupported', `the plugin \`${name}\` is not supported yet`);
      const args: Expr[] = [
        { sql: `l.${address.sql}`, type: address.type },
        { sql: `r.${network.sql}`, type: network.type },
      ];
      const within = test.compile(args, {
        now: context.input.now,
        fail: (code, message) => context.fail(call, code, message),
        note: context.note,
      });
      const unmatched = rest.some((one) => keepsUnmatched(one, context, env));
      const added = table.columns.filter((column) => !keys.some((key) => key.right === column));
      const items = uniqueNames([...sideColumns(input.columns, 'l', false), ...sideColumns(added, 'r', unmatched)]);
      const on = [within.sql, ...(keys.length > 0 ? [onKeys(keys)] : [])].join(' AND ');
      return selectFrom(`${input.from} AS l ${unmatched ? 'LEFT ' : ''}JOIN ${table.from} AS r ON ${on}`, items);
    },
  };
}

function keepsUnmatched(node: SyntaxNode, context: Context, env: Parameters<Context['tabular']>[1]): boolean {
  if (kindOf(node) === 'NameReference') return false;
  const inner = kindOf(node) === 'SimpleNamedExpression' ? part(node, 'Expression') : node;
  const value = context.expression(inner, { columns: [], env }).constant?.value;
  return typeof value === 'boolean' ? value : context.fail(node, 'type', 'return_unmatched must be true or false');
}

function columnOf(node: SyntaxNode, columns: RelationColumn[], context: Context): RelationColumn {
  const column = columns.find((one) => one.name === simpleName(node));
  return column ?? context.fail(node, 'unknown-name', `there is no column named ${simpleName(node)} here`);
}
