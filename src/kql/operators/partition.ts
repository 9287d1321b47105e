import { type Context, createEnvironment, type Environment } from '../context';
import type { Expr } from '../expr';
import { kindOf, part, type SyntaxNode, simpleName } from '../kusto';
import { columnExprs, type Relation, selectFrom } from '../relation';
import { quoteName } from '../sql-text';
import type { Operator } from './define-operator';

const difference = 'the legacy strategy takes any number of parts; Kusto refuses more than 64';

export const partition: Operator = {
  name: 'partition',
  kind: 'PartitionOperator',
  difference,
  compile(node, input, env, context) {
    const operand = part(node, 'Operand');
    const by = context.expression(part(node, 'ByExpression'), { columns: input.columns, env });
    const key = by.sql;
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
    const own = kindOf(operand) === 'PartitionSubquery';
    const inner = own ? env : withKey(node, operand, { sql: `${keys}.key`, type: by.type }, env, context);
    const result = context.pipeline(own ? part(operand, 'Subquery') : operand, one, inner);
    const from = `(SELECT DISTINCT ${key} AS key FROM ${rows}) AS ${keys}, LATERAL ${result.from} AS part`;
    return selectFrom(from, columnExprs(result.columns, 'part'));
  },
};

/** The subquery of `partition … by key { source | … }`: it has rows of its own, and of the parts it sees the key alone. */
export const partitionQuery: Operator = {
  name: 'partition',
  kind: 'PartitionQuery',
  difference,
  compile: (node, _input, env, context) => context.tabular(part(node, 'Query'), env),
};

function withKey(node: SyntaxNode, query: SyntaxNode, key: Expr, env: Environment, context: Context): Environment {
  const name = simpleName(part(node, 'ByExpression'));
  const inner = createEnvironment(env);
  inner.set(name, { kind: 'scalar', expr: key });
  let source = part(query, 'Query');
  while (kindOf(source) === 'PipeExpression') source = part(source, 'Expression');
  if (context.tabular(source, env).columns.some((column) => column.name === name))
    context.fail(
      source,
      'unsupported',
      `the rows in this subquery have a column named ${name} too: rename the key before \`partition\``,
    );
  return inner;
}
