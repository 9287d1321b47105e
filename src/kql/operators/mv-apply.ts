import type { NamedExpr } from '../expr';
import { kindOf, listOf, optionalPart, part, simpleName, sourceText } from '../kusto';
import { columnExprs, type Relation, selectFrom } from '../relation';
import { quoteName } from '../sql-text';
import type { Operator } from './define-operator';
import { expand } from './mv-expand';

export const mvApply: Operator = {
  name: 'mv-apply',
  kind: 'MvApplyOperator',
  compile(node, input, env, context) {
    const id = optionalPart(node, 'ContextIdClause');
    if (id) context.fail(id, 'unsupported', '`id` of `mv-apply` is not supported');
    const outer = quoteName(`kql:outer${context.unique()}`);
    const row: Relation = { ...input, from: '' };
    row.columns = usedColumns(sourceText(node), input);
    const fields = columnExprs(row.columns, outer).map((item, i) => `${item.expr.sql} AS ${row.columns[i]?.sql}`);
    row.from = `(SELECT ${fields.length > 0 ? fields.join(', ') : '1 AS none'})`;
    const expanded = expand(node, row, env, context, true);
    const inner = context.pipeline(part(part(node, 'Subquery'), 'Expression'), expanded, env);
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
    return selectFrom(`${input.from} AS ${outer}, LATERAL ${inner.from} AS applied`, items, { order: input });
  },
};

/** The columns that the text names: the others need not travel through the join. */
function usedColumns(text: string, input: Relation): Relation['columns'] {
  const words = new Set(text.match(/\w+/g));
  if (words.has('pack_all') || /\(\s*\*|,\s*\*|\*\s*[,)]/.test(text)) return input.columns;
  return input.columns.filter(({ name }) => (/\W/.test(name) ? text.includes(name) : words.has(name)));
}
