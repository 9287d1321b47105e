import type { ColumnType } from '../../ports/query-engine';
import { columnType } from '../column-type';
import type { Context, Environment } from '../context';
import type { Expr } from '../expr';
import { literalAs } from '../expressions/literals';
import { nullOf } from '../functions/literal';
import { listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';

export interface ScanStep {
  name: string;
  node: SyntaxNode;
  condition: SyntaxNode;
  /** By the name of the declared column. */
  assignments: Map<string, SyntaxNode>;
  output: 'all' | 'last' | 'none';
}

export interface DeclaredColumn {
  name: string;
  type: ColumnType;
  fallback: Expr;
}

export function declaredColumns(clause: SyntaxNode | undefined, env: Environment, context: Context): DeclaredColumn[] {
  if (!clause) return [];
  return listOf(clause, 'Declarations').map((one) => {
    const declared = part(one, 'NameAndType');
    const type = columnType(sourceText(part(declared, 'Type')));
    if (!type) return context.fail(one, 'type', `${sourceText(part(declared, 'Type'))} is not a type`);
    const given = optionalPart(one, 'DefaultValue');
    const fallback = given
      ? literalAs(context.expression(part(given, 'Value'), { columns: [], env }), type)
      : nullOf(type);
    return { name: simpleName(part(declared, 'Name')), type, fallback };
  });
}

export function scanSteps(nodes: SyntaxNode[], context: Context): ScanStep[] {
  const names = new Set<string>();
  return nodes.map((node) => {
    const name = simpleName(part(node, 'Name'));
    if (names.has(name)) context.fail(node, 'type', `there are two steps named ${name}`);
    names.add(name);
    const optional = optionalPart(node, 'OptionalKeyword');
    if (optional && sourceText(optional) !== '')
      context.fail(optional, 'unsupported', '`optional` steps are not supported');
    const clause = optionalPart(node, 'ComputationClause');
    const assignments = clause ? listOf(clause, 'Assignments') : [];
    return {
      name,
      node,
      condition: part(node, 'Condition'),
      assignments: new Map(assignments.map((one) => [simpleName(part(one, 'Name')), part(one, 'Expression')])),
      output: outputOf(node, context),
    };
  });
}

function outputOf(node: SyntaxNode, context: Context): ScanStep['output'] {
  const given = optionalPart(node, 'ScanStepOutput');
  const word = given ? (sourceText(given).split('=')[1] ?? '').trim().toLowerCase() : 'all';
  if (word === 'all' || word === 'last' || word === 'none') return word;
  return context.fail(given ?? node, 'unsupported', `\`output=${word}\` is not supported; all, last and none are`);
}
