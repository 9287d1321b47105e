import { callArguments } from '../expressions/call-parts';
import { convert } from '../functions/convert';
import { quoteText } from '../functions/quote-text';
import { kindOf, optionalPart, part, sourceText } from '../kusto';
import { schemaColumns } from '../operators/datatable';
import { createProjection } from '../projection';
import { selectFrom } from '../relation';
import type { Plugin } from './define-plugin';

/** Which columns come out is known before the rows are read only where the query says it. */
export const bagUnpack: Plugin = {
  name: 'bag_unpack',
  compile(node, call, input, env, context) {
    const clause = optionalPart(node, 'Schema');
    const [bagNode, prefixNode, ...further] = callArguments(call);
    if (!clause) {
      return context.fail(
        call,
        'unsupported',
        '`bag_unpack` is supported only with the columns it gives: evaluate bag_unpack(bag) : (*, name:string)',
      );
    }
    if (!bagNode || further.length > 0)
      return context.fail(call, 'unsupported', 'only the bag and the prefix of `bag_unpack` are supported');
    const scope = { columns: input.columns, env };
    const bag = context.expression(bagNode, scope);
    const prefix =
      prefixNode && kindOf(prefixNode) !== 'SimpleNamedExpression'
        ? context.expression(prefixNode, scope).constant?.value
        : '';
    if (typeof prefix !== 'string') return context.fail(call, 'type', 'the prefix must be a constant text');
    const schema = part(clause, 'Schema');
    const declared = schemaColumns(schema, context);
    const star = optionalPart(schema, 'AsteriskToken');
    const projection = createProjection();
    const rest = input.columns.filter((column) => column.sql !== bag.sql);
    if (star && sourceText(star) === '*') {
      for (const { name, type, sql } of rest)
        if (!declared.some((one) => one.name === name)) projection.add(name, { sql, type });
    }
    for (const { name, type } of declared) {
      const own = rest.find((column) => column.name === name && column.type === type);
      const key = quoteText(name.startsWith(prefix) ? name.slice(prefix.length) : name);
      const value = convert({ sql: `kql_get(${bag.sql}, kql_key_path(${key}))`, type: 'dynamic' }, type);
      projection.add(name, own ? { sql: own.sql, type } : value);
    }
    return selectFrom(input.from, projection.items, { order: input });
  },
};
