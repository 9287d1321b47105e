import { listOf, part, type SyntaxNode, simpleName } from '../kusto';

export function callName(node: SyntaxNode): string {
  return simpleName(part(node, 'Name'));
}

export function callArguments(node: SyntaxNode): SyntaxNode[] {
  return listOf(part(node, 'ArgumentList'), 'Expressions');
}
