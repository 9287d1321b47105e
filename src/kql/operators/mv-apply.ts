import type { Context, Environment } from '../context';
import type { NamedExpr } from '../expr';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { columnExprs, type Relation, type RelationColumn, selectFrom } from '../relation';
import { quoteName } from '../sql-text';
import type { Operator } from './define-operator';
import { expand, withItems } from './mv-expand';

export const mvApply: Operator = {
  name: 'mv-apply',
  kind: 'MvApplyOperator',
  compile(node, given, env, context) {
    const input = withItems(node, given, env, context);
    const clause = optionalPart(node, 'ContextIdClause');
    if (clause) context.fail(clause, 'unsupported', '`id` of `mv-apply` is not supported');
    const outer = quoteName(`kql:outer${context.unique()}`);
    const used = usedColumns(sourceText(node), input);
    const numbered = context.define(`(SELECT *, row_number() OVER () AS ${id} FROM ${input.from})`, true);
    const rows = numbered.startsWith('(')
      ? elementsInside(node, { ...input, columns: used }, outer, env, context)
      : elementsBeside(node, { ...input, columns: used, from: numbered }, outer, env, context);
    const inner = context.pipeline(part(part(node, 'Subquery'), 'Expression'), rows, env);
    const applied = new Set(
      listOf(node, 'Expressions')
        .map((one) => part(one, 'Expression'))
        .filter((one) => kindOf(one) === 'NameReference')
        .map(simpleName),
    );
    const items: NamedExpr[] = columnExprs(
      input.columns.filter((column) => !applied.has(column.name)),
      outer,
    );
    for (const item of columnExprs(inner.columns, 'applied')) {
      const place = items.findIndex((one) => one.name === item.name);
      if (place < 0) items.push(item);
      else items[place] = item;
    }
    const source = numbered.startsWith('(') ? input.from : numbered;
    const from = `${source} AS ${outer}, LATERAL ${inner.from} AS applied`;
    if (input.ordinal === undefined) {
      const ordered = input.sorted && !numbered.startsWith('(');
      const within = inner.ordinal === undefined ? '' : `, applied.${inner.ordinal}`;
      return selectFrom(from, items, {
        order: { sorted: ordered },
        tail: ordered ? `ORDER BY ${outer}.${id}${within}` : '',
      });
    }
    const place = quoteName(`kql:place${context.unique()}`);
    const within = inner.ordinal === undefined ? '0' : `applied.${inner.ordinal}`;
    const ordinal = `{'row': ${outer}.${input.ordinal}, 'element': ${within}} AS ${place}`;
    return { ...selectFrom(from, items, { order: { sorted: input.sorted, ordinal } }), ordinal: place };
  },
};

const id = quoteName('kql:id');

/**
 * The elements of all rows, expanded once; the subquery looks at those of one row by its number. To hand the arrays themselves
 * to the subquery would copy a whole array for each of its elements.
 */
function elementsBeside(node: SyntaxNode, rows: Relation, outer: string, env: Environment, context: Context): Relation {
  const number: RelationColumn = { name: 'kql:id', type: 'long', sql: id };
  const expanded = expand(node, { ...rows, columns: [...rows.columns, number] }, env, context, true);
  const all = context.define(expanded.from, true);
  const columns = expanded.columns.filter((column) => column.sql !== id);
  const list = [...columns.map((column) => column.sql), expanded.ordinal].join(', ');
  return { ...expanded, columns, from: `(SELECT ${list} FROM ${all} AS e WHERE e.${id} = ${outer}.${id})` };
}

/** The elements of one row, from within: for rows that themselves belong to a row of an outer subquery. */
function elementsInside(node: SyntaxNode, rows: Relation, outer: string, env: Environment, context: Context): Relation {
  const fields = columnExprs(rows.columns, outer).map((item, i) => `${item.expr.sql} AS ${rows.columns[i]?.sql}`);
  const from = `(SELECT ${fields.length > 0 ? fields.join(', ') : '1 AS none'})`;
  return expand(node, { ...rows, from, ordinal: undefined }, env, context, true);
}

/** The columns that the text names: the others need not travel through the join. */
function usedColumns(text: string, input: Relation): Relation['columns'] {
  const words = new Set(text.match(/\w+/g));
  if (words.has('pack_all') || /\(\s*\*|,\s*\*|\*\s*[,)]/.test(text)) return input.columns;
  return input.columns.filter(({ name }) => (/\W/.test(name) ? text.includes(name) : words.has(name)));
}
