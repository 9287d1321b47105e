import { kindOf, listOf, part, simpleName } from '../kusto';
import { columnExprs, selectFrom } from '../relation';
import { matchingColumns } from './column-patterns';
import type { Operator } from './define-operator';

export const projectRename: Operator = {
  name: 'project-rename',
  kind: 'ProjectRenameOperator',
  compile(node, input, _env, context) {
    const names = new Map<string, string>();
    for (const one of listOf(node, 'Expressions')) {
      if (kindOf(one) !== 'SimpleNamedExpression') context.fail(one, 'syntax', '`project-rename` takes new = old');
      const [column] = matchingColumns(part(one, 'Expression'), input, context);
      if (column) names.set(column.name, simpleName(part(one, 'Name')));
    }
    const items = columnExprs(input.columns).map((item) => ({ ...item, name: names.get(item.name) ?? item.name }));
    const clash = items.find((item, i) => items.findIndex((other) => other.name === item.name) !== i);
    if (clash) context.fail(node, 'type', `there is a column named ${clash.name} already`);
    return selectFrom(input.from, items, { order: input });
  },
};
