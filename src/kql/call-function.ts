import {
  type Binding,
  type Context,
  createEnvironment,
  type Environment,
  type FunctionParameter,
  type Scope,
} from './context';
import type { Expr } from './expr';
import { literalAs } from './expressions/literals';
import type { FunctionBinding } from './function-binding';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName } from './kusto';
import type { Relation } from './relation';
import { bindLet } from './statements';

/** Calls a function that the query or the workspace defines: its body is compiled anew, with the arguments in place. */
export function callFunction(
  binding: FunctionBinding,
  call: SyntaxNode,
  scope: Scope,
  context: Context,
  piped?: Relation,
): { relation: Relation } | { expr: Expr } {
  const env = createEnvironment(binding.env);
  bindArguments(binding, call, scope, env, context, piped);
  for (const statement of listOf(binding.body, 'Statements')) {
    if (kindOf(statement) === 'LetStatement') bindLet(statement, env, context);
  }
  const result = optionalPart(binding.body, 'Expression');
  if (!result) return context.fail(call, 'syntax', `the function ${binding.name} gives no result`);
  if (context.isTabular(result, env)) return { relation: context.tabular(result, env) };
  return { expr: context.expression(result, { columns: [], env }) };
}

function bindArguments(
  binding: FunctionBinding,
  call: SyntaxNode,
  scope: Scope,
  env: Environment,
  context: Context,
  piped?: Relation,
): void {
  const given = kindOf(call) === 'FunctionCallExpression' ? listOf(part(call, 'ArgumentList'), 'Expressions') : [];
  const named = new Map<string, SyntaxNode>();
  const positional = given.map((argument) => (kindOf(argument) === 'SimpleNamedExpression' ? undefined : argument));
  for (const argument of given) {
    if (kindOf(argument) === 'SimpleNamedExpression')
      named.set(simpleName(part(argument, 'Name')), part(argument, 'Expression'));
  }
  let parameters = binding.parameters;
  const [first] = parameters;
  if (piped && first) {
    env.set(first.name, { kind: 'table', relation: () => piped });
    parameters = parameters.slice(1);
  }
  if (positional.length > parameters.length)
    context.fail(call, 'type', `${binding.name} takes ${parameters.length} arguments`);
  for (const [i, parameter] of parameters.entries()) {
    const argument = named.get(parameter.name) ?? positional[i];
    env.set(
      parameter.name,
      argument ? bindArgument(parameter, argument, scope, context) : bindDefault(parameter, binding, call, context),
    );
  }
}

function bindArgument(parameter: FunctionParameter, argument: SyntaxNode, scope: Scope, context: Context): Binding {
  if (parameter.type === 'table') {
    let known: Relation | undefined;
    return { kind: 'table', relation: () => (known ??= context.tabular(argument, scope.env)) };
  }
  return { kind: 'scalar', expr: literalAs(context.expression(argument, scope), parameter.type) };
}

function bindDefault(
  parameter: FunctionParameter,
  binding: FunctionBinding,
  call: SyntaxNode,
  context: Context,
): Binding {
  if (!parameter.default || parameter.type === 'table') {
    return context.fail(call, 'type', `${binding.name} needs a value for ${parameter.name}`);
  }
  const value = context.expression(parameter.default, { columns: [], env: binding.env });
  return { kind: 'scalar', expr: literalAs(value, parameter.type) };
}
