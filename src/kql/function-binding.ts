import { columnType } from './column-type';
import type { Binding, Context, Environment, FunctionParameter } from './context';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from './kusto';

export type FunctionBinding = Binding & { kind: 'function' };

/** The binding of `(parameters) { body }`. */
export function functionBinding(
  name: string,
  declaration: SyntaxNode,
  env: Environment,
  context: Context,
  stored: boolean,
): FunctionBinding {
  const parameters = listOf(part(declaration, 'Parameters'), 'Parameters').map((one): FunctionParameter => {
    const declared = part(one, 'NameAndType');
    const defaultValue = optionalPart(one, 'DefaultValue');
    const type = part(declared, 'Type');
    const known = kindOf(type) === 'SchemaTypeExpression' ? 'table' : columnType(sourceText(type));
    if (!known) return context.fail(one, 'type', `${sourceText(type)} is not a type`);
    const fallback = defaultValue && part(defaultValue, 'Value');
    return { name: simpleName(part(declared, 'Name')), type: known, ...(fallback ? { default: fallback } : {}) };
  });
  return {
    kind: 'function',
    name,
    parameters,
    body: part(declaration, 'Body'),
    env,
    stored,
    view: optionalPart(declaration, 'ViewKeyword') !== undefined,
  };
}
