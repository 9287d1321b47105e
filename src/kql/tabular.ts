import type { Context, Environment } from './context';
import { kindOf, listOf, optionalPart, part, type SyntaxNode, simpleName, sourceText, tokenText } from './kusto';
import { operators, sources } from './operators/registry';
import { unsupportedOperator } from './operators/unsupported';
import type { Relation } from './relation';
import { storedBinding } from './stored-function';
import { isWatchlistFunction, watchlistRelation } from './watchlist';

const qualifiers = new Set(['cluster', 'database', 'workspace', 'app', 'adx', 'arg']);

/** A table expression: a pipe, a name, a call, or an operator that stands first. */
export function compileTabular(node: SyntaxNode, env: Environment, context: Context): Relation {
  const kind = kindOf(node);
  const source = sources.get(kind);
  if (source) return source.compile(node, env, context);
  switch (kind) {
    case 'PipeExpression': {
      const steps = pipeSteps(node);
      const [first, ...rest] = steps;
      if (!first) return context.fail(node, 'syntax', 'the query is empty');
      return rest.reduce((input, step) => context.operator(step, input, env), context.tabular(first, env));
    }
    case 'ParenthesizedExpression':
    case 'DataScopeExpression':
      return context.tabular(part(node, 'Expression'), env);
    case 'MaterializeExpression': {
      const relation = context.tabular(part(node, 'Expression'), env);
      return { ...relation, from: context.define(relation.from, true) };
    }
    case 'NameReference':
      return namedTable(node, simpleName(node), env, context);
    case 'FunctionCallExpression':
      return calledTable(node, env, context);
    case 'PathExpression':
      return qualifiedTable(node, env, context);
  }
  return context.fail(node, 'unsupported', unsupportedOperator(kind, firstWord(node)));
}

export function compileOperator(node: SyntaxNode, input: Relation, env: Environment, context: Context): Relation {
  const operator = operators.get(kindOf(node));
  if (!operator) return context.fail(node, 'unsupported', unsupportedOperator(kindOf(node), firstWord(node)));
  return operator.compile(node, input, env, context);
}

/** A pipe that starts with an operator, on a given input. */
export function compilePipeline(node: SyntaxNode, input: Relation, env: Environment, context: Context): Relation {
  const start = kindOf(node) === 'ParenthesizedExpression' ? part(node, 'Expression') : node;
  return pipeSteps(start).reduce((rows, step) => context.operator(step, rows, env), input);
}

/** The parts of a pipe, flat: a long pipe must not nest deeply here. */
function pipeSteps(node: SyntaxNode): SyntaxNode[] {
  const steps: SyntaxNode[] = [];
  let rest = node;
  while (kindOf(rest) === 'PipeExpression') {
    steps.unshift(part(rest, 'Operator'));
    rest = part(rest, 'Expression');
  }
  return [rest, ...steps];
}

/** The table, view or stored function of a name. */
export function namedTable(node: SyntaxNode, name: string, env: Environment, context: Context): Relation {
  const binding = env.get(name);
  if (binding?.kind === 'table') return binding.relation();
  if (binding?.kind === 'function')
    return relationOf(node, name, context.callFunction(binding, node, { columns: [], env }), context);
  if (binding) return context.fail(node, 'type', `${name} is a value, where a table is needed`);
  const table = context.table(name);
  if (table) return context.scan(table, node);
  const stored = context.input.functions?.find((one) => one.name === name);
  if (stored)
    return relationOf(
      node,
      name,
      context.callFunction(storedBinding(stored, node, context), node, { columns: [], env }),
      context,
    );
  if (isWatchlistFunction(name, context.input.functions)) return watchlistRelation(node, name, env, context);
  return context.fail(node, 'unknown-name', `there is no table named ${name}`, name);
}

function calledTable(node: SyntaxNode, env: Environment, context: Context): Relation {
  const name = simpleName(part(node, 'Name'));
  const binding = env.get(name);
  if (binding?.kind === 'function')
    return relationOf(node, name, context.callFunction(binding, node, { columns: [], env }), context);
  const stored = context.input.functions?.find((one) => one.name === name);
  if (stored)
    return relationOf(
      node,
      name,
      context.callFunction(storedBinding(stored, node, context), node, { columns: [], env }),
      context,
    );
  if (isWatchlistFunction(name, context.input.functions)) return watchlistRelation(node, name, env, context);
  if (name === 'table' || name === 'materialized_view') {
    const [argument] = listOf(part(node, 'ArgumentList'), 'Expressions');
    const value = argument && context.expression(argument, { columns: [], env }).constant?.value;
    if (typeof value !== 'string')
      return context.fail(node, 'type', `\`${name}\` needs the name of a table as a constant`);
    return namedTable(node, value, env, context);
  }
  return context.fail(node, 'unsupported', `the function \`${name}\` is not supported yet as a table`, name);
}

/** `workspace("w").T`, `cluster("c").database("d").T`: the same table here. */
function qualifiedTable(node: SyntaxNode, env: Environment, context: Context): Relation {
  if (!isQualified(node)) return context.fail(node, 'type', `${sourceText(node)} is not a table`);
  const selector = part(node, 'Selector');
  return kindOf(selector) === 'FunctionCallExpression'
    ? calledTable(selector, env, context)
    : namedTable(selector, simpleName(selector), env, context);
}

function isQualified(node: SyntaxNode): boolean {
  const base = part(node, 'Expression');
  if (kindOf(base) === 'PathExpression') return isQualified(base);
  return kindOf(base) === 'FunctionCallExpression' && qualifiers.has(simpleName(part(base, 'Name')));
}

function relationOf(
  node: SyntaxNode,
  name: string,
  result: ReturnType<Context['callFunction']>,
  context: Context,
): Relation {
  if ('relation' in result) return result.relation;
  return context.fail(node, 'type', `${name} gives a value, where a table is needed`);
}

/** Whether the expression is a table rather than a value. */
export function isTabular(node: SyntaxNode, env: Environment, context: Context): boolean {
  const kind = kindOf(node);
  if (sources.has(kind) || /Operator$/.test(kind)) return true;
  switch (kind) {
    case 'PipeExpression':
    case 'MaterializeExpression':
    case 'DataScopeExpression':
    case 'ExternalDataExpression':
    case 'InlineExternalTableExpression':
    case 'ContextualDataTableExpression':
      return true;
    case 'ParenthesizedExpression':
      return isTabular(part(node, 'Expression'), env, context);
    case 'PathExpression':
      return isQualified(node);
    case 'NameReference':
      return isTableName(simpleName(node), env, context);
    case 'FunctionCallExpression': {
      const name = simpleName(part(node, 'Name'));
      return name === 'table' || name === 'materialized_view' || isTableName(name, env, context);
    }
    default:
      return false;
  }
}

function isTableName(name: string, env: Environment, context: Context): boolean {
  const binding = env.get(name);
  if (binding?.kind === 'table') return true;
  if (binding?.kind === 'function') return givesTable(binding.body, binding.parameters, binding.env, context);
  if (binding) return false;
  if (isWatchlistFunction(name, context.input.functions)) return true;
  return context.table(name) !== undefined || (context.input.functions ?? []).some((one) => one.name === name);
}

/** Looks at a function's result without compiling it: names that the body or the parameters declare come first. */
function givesTable(
  body: SyntaxNode,
  parameters: { name: string; type: string }[],
  env: Environment,
  context: Context,
): boolean {
  const result = optionalPart(body, 'Expression');
  if (!result) return false;
  if (kindOf(result) !== 'NameReference') return isTabular(result, env, context);
  const name = simpleName(result);
  const declared = listOf(body, 'Statements').find(
    (one) => kindOf(one) === 'LetStatement' && simpleName(part(one, 'Name')) === name,
  );
  if (declared) return isTabular(part(declared, 'Expression'), env, context);
  const parameter = parameters.find((one) => one.name === name);
  return parameter ? parameter.type === 'table' : isTableName(name, env, context);
}

function firstWord(node: SyntaxNode): string {
  let first = node;
  while (first.ChildCount > 0) {
    const child = Array.from({ length: first.ChildCount }, (_, i) => first.GetChild(i)).find(
      (one) => one && sourceText(one) !== '',
    );
    if (!child) break;
    first = child;
  }
  return tokenText(first).trim();
}
