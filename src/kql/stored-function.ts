import type { StoredFunction } from './compile-input';
import { type Context, createEnvironment } from './context';
import { type FunctionBinding, functionBinding } from './function-binding';
import { type Diagnostic, kindOf, kusto, listItems, listOf, optionalPart, part, type SyntaxNode } from './kusto';
import { lineColumn } from './line-column';

const parsedFunctions = new WeakMap<StoredFunction, SyntaxNode>();
/** By the root of each function's own syntax; `start` is where its body begins there. */
const sources = new WeakMap<SyntaxNode, { stored: StoredFunction; start: number }>();

/** The binding of a stored function. Throws at `call` where the function's own text cannot be parsed. */
export function storedBinding(stored: StoredFunction, call: SyntaxNode, context: Context): FunctionBinding {
  const declaration = parsedFunctions.get(stored) ?? parseStored(stored, call, context);
  parsedFunctions.set(stored, declaration);
  return functionBinding(stored.name, declaration, createEnvironment(), context, true);
}

function parseStored(stored: StoredFunction, call: SyntaxNode, context: Context): SyntaxNode {
  const head = `let f = (${stored.parameters ?? ''}) {`;
  const code = kusto().Language.KustoCode.Parse(`${head}${stored.body}\n};`);
  sources.set(code.Syntax, { stored, start: head.length });
  const error = listItems(code.GetDiagnostics()).find((one) => one.Severity === 'Error');
  const [statement] = listOf(code.Syntax, 'Statements');
  if (error || !statement || kindOf(statement) !== 'LetStatement') {
    return context.fail(
      call,
      'syntax',
      `the stored function ${stored.name} cannot be read${placeOf(error, stored, head)}: ${error?.Message ?? 'it is no function'}`,
    );
  }
  return part(statement, 'Expression');
}

function placeOf(error: Diagnostic | undefined, { body }: StoredFunction, head: string): string {
  if (!error || error.Start < head.length || error.Start > head.length + body.length) return '';
  const { line, column } = lineColumn(body, error.Start - head.length);
  return `, line ${line}, column ${column}`;
}

/** The stored function that a node was written in, and the place in its body, from 1; undefined for a node of the query itself. */
export function placeInStored(node: SyntaxNode): { name: string; line: number; column: number } | undefined {
  let root = node;
  for (let above = optionalPart(root, 'Parent'); above; above = optionalPart(root, 'Parent')) root = above;
  const source = sources.get(root);
  if (!source) return undefined;
  const { stored, start } = source;
  return { name: stored.name, ...lineColumn(stored.body, Math.max(0, node.TextStart - start)) };
}
