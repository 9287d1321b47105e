import type { StoredFunction } from './compile-input';
import { type Context, createEnvironment } from './context';
import { type FunctionBinding, functionBinding } from './function-binding';
import { kindOf, kusto, listItems, listOf, part, type SyntaxNode } from './kusto';

const parsedFunctions = new WeakMap<StoredFunction, SyntaxNode>();

/** The binding of a stored function. Throws at `call` where the function's own text cannot be parsed. */
export function storedBinding(stored: StoredFunction, call: SyntaxNode, context: Context): FunctionBinding {
  const declaration = parsedFunctions.get(stored) ?? parseStored(stored, call, context);
  parsedFunctions.set(stored, declaration);
  return functionBinding(stored.name, declaration, createEnvironment(), context, true);
}

function parseStored(stored: StoredFunction, call: SyntaxNode, context: Context): SyntaxNode {
  const code = kusto().Language.KustoCode.Parse(`let f = (${stored.parameters ?? ''}) {${stored.body}\n};`);
  const error = listItems(code.GetDiagnostics()).find((one) => one.Severity === 'Error');
  const [statement] = listOf(code.Syntax, 'Statements');
  if (error || !statement || kindOf(statement) !== 'LetStatement') {
    return context.fail(
      call,
      'syntax',
      `the stored function ${stored.name} cannot be read: ${error?.Message ?? 'it is no function'}`,
    );
  }
  return part(statement, 'Expression');
}
