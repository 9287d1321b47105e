import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';

/** The few members of the parser's tree that these tests read. */
export interface SyntaxNode {
  Kind: number;
  ChildCount: number;
  GetChild(index: number): SyntaxNode | null;
  ToString(mode?: number): string;
  ResultType?: { Name: string; Columns?: { Count: number } } | null;
  LiteralValue?: unknown;
  Name?: { SimpleName: string };
}

interface Kusto {
  Language: {
    KustoCode: {
      ParseAndAnalyze(text: string, globals: unknown): { Syntax: SyntaxNode; GetDiagnostics(): { Count: number } };
    };
    GlobalState: { Default: unknown };
    Syntax: { SyntaxKind: Record<string, number> };
  };
}

const { Kusto } = globalThis as unknown as { Kusto: Kusto };
const kinds = new Map(Object.entries(Kusto.Language.Syntax.SyntaxKind).map(([name, kind]) => [kind, name]));

export function parse(query: string): SyntaxNode {
  return Kusto.Language.KustoCode.ParseAndAnalyze(query, Kusto.Language.GlobalState.Default).Syntax;
}

export function kindOf(node: SyntaxNode): string {
  return kinds.get(node.Kind) ?? '';
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let index = 0; index < node.ChildCount; index++) {
    const child = node.GetChild(index);
    if (child) found.push(child);
  }
  return found;
}

export function findKind(node: SyntaxNode, kind: string): SyntaxNode | undefined {
  if (kindOf(node) === kind) return node;
  for (const child of children(node)) {
    const found = findKind(child, kind);
    if (found) return found;
  }
  return undefined;
}
