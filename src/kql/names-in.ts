import { kindOf, type SyntaxNode, simpleName } from './kusto';

/** Every name that an expression refers to: of columns, values and functions. */
export function namesIn(node: SyntaxNode): Set<string> {
  const found = new Set<string>();
  const open = [node];
  for (let one = open.pop(); one; one = open.pop()) {
    if (kindOf(one) === 'NameReference') found.add(simpleName(one));
    for (let i = 0; i < one.ChildCount; i++) {
      const child = one.GetChild(i);
      if (child) open.push(child);
    }
  }
  return found;
}
