import { listOf, optionalPart, part, simpleName, sourceText } from '../kusto';
import type { Operator } from './define-operator';

export const render: Operator = {
  name: 'render',
  kind: 'RenderOperator',
  compile(node, input, _env, context) {
    const chart = optionalPart(node, 'ChartType');
    const clause = optionalPart(node, 'WithClause');
    const given = clause ? listOf(clause, 'Properties') : listOf(node, 'Parameters');
    const properties = given.map((one) => [
      simpleName(part(one, 'Name')).toLowerCase(),
      sourceText(part(one, 'Expression')).replace(/^(["'])(.*)\1$/, '$2'),
    ]);
    context.setRender({ chart: chart ? sourceText(chart) : 'table', properties: Object.fromEntries(properties) });
    return input;
  },
};
