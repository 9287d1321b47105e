import type { Context } from '../context';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from '../kusto';

export interface PatternNode {
  /** Name in SQL. */
  alias: string;
  name: string | undefined;
}

export interface PatternEdge {
  alias: string;
  name: string | undefined;
  node: SyntaxNode;
  /** In the order of the text. */
  left: PatternNode;
  right: PatternNode;
  direction: 'right' | 'left' | 'any';
  /** Of a variable length. */
  range: { least: number; most: number } | undefined;
}

export interface GraphPattern {
  nodes: PatternNode[];
  edges: PatternEdge[];
  /** The edges of each of the comma-separated sequences. */
  sequences: PatternEdge[][];
}

/** Edges of one path; longer ones are refused. */
const longestPath = 100;

/** `(a)-[e]->(b)<-[f*1..3]-(c), (b)--(d)`: a node that is named again is the same node. */
export function graphPattern(node: SyntaxNode, context: Context): GraphPattern {
  const nodes: PatternNode[] = [];
  const sequences = listOf(node, 'Patterns').map((pattern) => {
    const edges: PatternEdge[] = [];
    let left: PatternNode | undefined;
    let open: SyntaxNode | undefined;
    for (const element of listOf(pattern, 'PatternElements')) {
      if (kindOf(element) === 'GraphMatchPatternEdge') {
        open = element;
        continue;
      }
      const right = patternNode(element, nodes);
      if (open && left) edges.push(patternEdge(open, left, right, context));
      left = right;
    }
    return edges;
  });
  const edges = sequences.flat();
  for (const [i, edge] of edges.entries()) edge.alias = `e${i}`;
  const named = edges.flatMap((edge) => edge.name ?? []);
  for (const name of named) {
    if (named.filter((one) => one === name).length > 1 || nodes.some((one) => one.name === name))
      context.fail(node, 'type', `${name} stands for several elements of the pattern`);
  }
  return { nodes, edges, sequences };
}

function patternNode(element: SyntaxNode, nodes: PatternNode[]): PatternNode {
  const given = optionalPart(element, 'Name');
  const name = given && sourceText(given) !== '' ? simpleName(given) : undefined;
  const known = name === undefined ? undefined : nodes.find((one) => one.name === name);
  if (known) return known;
  const made = { alias: `n${nodes.length}`, name };
  nodes.push(made);
  return made;
}

function patternEdge(element: SyntaxNode, left: PatternNode, right: PatternNode, context: Context): PatternEdge {
  const given = optionalPart(element, 'Name');
  const first = sourceText(part(element, 'FirstToken'));
  const last = optionalPart(element, 'LastToken');
  const end = last ? sourceText(last) : '';
  const direction = first.startsWith('<') ? 'left' : end.endsWith('>') || first.endsWith('>') ? 'right' : 'any';
  const range = optionalPart(element, 'Range');
  return {
    alias: '',
    name: given && sourceText(given) !== '' ? simpleName(given) : undefined,
    node: element,
    left,
    right,
    direction,
    range: range && sourceText(range) !== '' ? rangeOf(range, context) : undefined,
  };
}

function rangeOf(node: SyntaxNode, context: Context): { least: number; most: number } {
  const number = (name: string) => {
    const given = optionalPart(node, name);
    const text = given ? sourceText(given) : '';
    return /^\d+$/.test(text)
      ? Number(text)
      : context.fail(node, 'unsupported', 'an edge of variable length needs both numbers, such as [e*1..5]');
  };
  const [least, most] = [number('RangeStart'), number('RangeEnd')];
  if (most > longestPath)
    context.fail(node, 'limit', `an edge of variable length has at most ${longestPath} steps here`);
  if (least > most) context.fail(node, 'type', 'the least length is greater than the most');
  return { least, most };
}
