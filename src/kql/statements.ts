import type { Context, Environment } from './context';
import { functionBinding } from './function-binding';
import { kindOf, optionalPart, part, type SyntaxNode, simpleName, sourceText } from './kusto';
import type { Relation } from './relation';

/** `let name = …`: a function, a table (compiled when it is first used, and then once) or a value. */
export function bindLet(statement: SyntaxNode, env: Environment, context: Context): void {
  const name = simpleName(part(statement, 'Name'));
  const value = part(statement, 'Expression');
  if (kindOf(value) === 'FunctionDeclaration') {
    env.set(name, functionBinding(name, value, env, context, false));
    return;
  }
  if (context.isTabular(value, env)) {
    let known: Relation | undefined;
    env.set(name, { kind: 'table', relation: () => (known ??= defined(context.tabular(value, env), context)) });
    return;
  }
  env.set(name, { kind: 'scalar', expr: context.expression(value, { columns: [], env }) });
}

function defined(relation: Relation, context: Context): Relation {
  if (relation.graph) return relation;
  return relation.from.startsWith('(') ? { ...relation, from: context.define(relation.from, false) } : relation;
}

/** Options that a function asks for; every other has no effect, which is said. */
const knownOptions = new Set(['query_bin_auto_size', 'query_bin_auto_at']);

/** `set name = value`: found again as `set name`, which no name in a query is. */
export function bindOption(statement: SyntaxNode, env: Environment, context: Context): void {
  const name = simpleName(part(statement, 'Name'));
  const clause = optionalPart(statement, 'ValueClause');
  if (!clause || !knownOptions.has(name)) {
    context.note(`\`${sourceText(statement)}\` has no effect here.`);
    return;
  }
  env.set(`set ${name}`, {
    kind: 'scalar',
    expr: context.expression(part(clause, 'Expression'), { columns: [], env }),
  });
}
