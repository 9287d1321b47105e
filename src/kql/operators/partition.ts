import { kindOf, part, sourceText } from '../kusto';
import { columnExprs, type Relation, selectFrom } from '../relation';
import { quoteName } from '../sql-text';
import type { Operator } from './define-operator';

export const partition: Operator = {
  name: 'partition',
  kind: 'PartitionOperator',
  compile(node, input, env, context) {
    const operand = part(node, 'Operand');
    if (kindOf(operand) !== 'PartitionSubquery') {
      return context.fail(
        operand,
        'unsupported',
        `\`${sourceText(operand).slice(0, 20)}\` is not supported in \`partition\``,
      );
    }
    const key = context.expression(part(node, 'ByExpression'), { columns: input.columns, env }).sql;
    const ordinal = quoteName('kql:row');
    const numbered = `(SELECT *, row_number() OVER () AS ${ordinal} FROM ${input.from})`;
    const rows = context.define(input.sorted ? numbered : input.from, false);
    const keys = quoteName(`kql:keys${context.unique()}`);
    const one: Relation = {
      from: `(SELECT * FROM ${rows} WHERE ${key} IS NOT DISTINCT FROM ${keys}.key)`,
      columns: input.columns,
      sorted: input.sorted,
      ordinal: input.sorted ? ordinal : undefined,
    };
    const result = context.pipeline(part(operand, 'Subquery'), one, env);
    const from = `(SELECT DISTINCT ${key} AS key FROM ${rows}) AS ${keys}, LATERAL ${result.from} AS part`;
    return selectFrom(from, columnExprs(result.columns, 'part'));
  },
};
