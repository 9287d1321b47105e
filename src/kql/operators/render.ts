import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText, tokenText } from '../kusto';
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
      propertyText(part(one, 'Expression')),
    ]);
    context.setRender({ chart: chart ? sourceText(chart) : 'table', properties: Object.fromEntries(properties) });
    return input;
  },
};

/** A string without its quotes and escapes, names of columns and words as they are written. */
function propertyText(node: SyntaxNode): string {
  if (kindOf(node) === 'StringLiteralExpression') return tokenText(part(node, 'Token'));
  if (kindOf(node) === 'CompoundStringLiteralExpression') return listOf(node, 'Tokens').map(tokenText).join('');
  return sourceText(node);
}
