import type { Context } from '../context';
import { callArguments, callName } from '../expressions/call-parts';
import { kindOf, part, type SyntaxNode, simpleName } from '../kusto';

/** The arguments of a plugin by their places in `names`: as they stand, or given by name as in `name=value`. */
export function pluginArguments(call: SyntaxNode, names: string[], context: Context): (SyntaxNode | undefined)[] {
  const found: (SyntaxNode | undefined)[] = names.map(() => undefined);
  for (const [place, node] of callArguments(call).entries()) {
    if (kindOf(node) !== 'SimpleNamedExpression') {
      if (place >= names.length)
        context.fail(node, 'type', `\`${callName(call)}\` takes at most ${names.length} arguments`);
      found[place] = node;
      continue;
    }
    const name = simpleName(part(node, 'Name'));
    const named = names.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    if (named < 0) context.fail(node, 'type', `\`${callName(call)}\` has no argument ${name}`);
    found[named] = part(node, 'Expression');
  }
  return found;
}
