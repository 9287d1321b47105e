import { kindOf, kusto, optionalPart, part, type SyntaxNode, simpleName } from './kusto';

const qualifiers = new Set(['cluster', 'database', 'workspace', 'app', 'adx', 'arg', 'resource']);
const anyQualifier = new RegExp(`\\b(${[...qualifiers].join('|')})\\s*\\(`);

/**
 * The text with `workspace("w").`, `cluster("c").database("d").` and their like blanked out, at the same length so that every
 * place stays. The tables of all of them are the same here, and the analyser would take the names for unknown.
 */
export function withoutQualifiers(text: string): string {
  if (!anyQualifier.test(text)) return text;
  let blanked = text;
  const open: SyntaxNode[] = [kusto().Language.KustoCode.Parse(text).Syntax];
  for (let node = open.pop(); node; node = open.pop()) {
    if (kindOf(node) === 'PathExpression' && isElsewhere(part(node, 'Expression'))) {
      const [from, to] = [node.TextStart, part(node, 'Selector').TextStart];
      blanked = `${blanked.slice(0, from)}${blanked.slice(from, to).replace(/\S/g, ' ')}${blanked.slice(to)}`;
    }
    for (let i = 0; i < node.ChildCount; i++) {
      const child = node.GetChild(i);
      if (child) open.push(child);
    }
  }
  return blanked;
}

function isElsewhere(node: SyntaxNode): boolean {
  if (kindOf(node) === 'PathExpression')
    return isElsewhere(part(node, 'Expression')) && isElsewhere(part(node, 'Selector'));
  return kindOf(node) === 'FunctionCallExpression' && qualifiers.has(simpleName(optionalPart(node, 'Name') ?? node));
}
