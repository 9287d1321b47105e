import type { Context, Scope } from '../context';
import type { Expr, NamedExpr } from '../expr';
import type { AggregateCall, AggregateFunction, CallSite } from '../functions/define-function';
import { nullOf } from '../functions/literal';
import { aggregateFunctions, scalarFunctions } from '../functions/registry';
import { kindOf, part, type SyntaxNode, simpleName } from '../kusto';
import { columnExprs } from '../relation';
import { resultName } from '../result-name';
import { callArguments, callName } from './call-parts';
import { pathText, rememberJsonText } from './path-text';
import { scalarsBeside, windowBeside } from './scalar-beside';

/** A call in an expression: one value. */
export function compileCall(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const name = callName(node);
  const special = scope.call?.(node);
  if (special) return special;
  const own = scope.env.get(name);
  if (own?.kind === 'function') {
    const result = context.callFunction(own, node, scope);
    if ('expr' in result) return result.expr;
    return context.fail(node, 'type', `${name} gives a table where a value is needed`);
  }
  if (scope.aggregates && aggregateFunctions.has(name)) {
    const result = compileAggregate(node, scope, context);
    if (!Array.isArray(result)) return result;
    const [only] = result;
    return only && result.length === 1
      ? only.expr
      : context.fail(node, 'unsupported', `${name} is not supported inside an expression`);
  }
  if (/^columns?_?ifexists$/i.test(name)) return columnIfExists(node, scope, context);
  const declared = scalarFunctions.get(name);
  if (!declared) return context.fail(node, 'unsupported', unsupportedCall(name));
  const args = callArguments(node).map((arg) => context.expression(arg, scope));
  if (name === 'tostring' && args[0]) {
    const text = pathText(args[0]);
    if (text) return text;
  }
  checkArity(node, name, declared.arity, args.length, context);
  const result = scalarsBeside(declared.compile(args, callSite(node, callArguments(node), scope, context)), scope);
  const [text] = args;
  if (text?.type === 'string' && result.sql === `kql_text_json(${text.sql})`) rememberJsonText(result, text);
  return result;
}

function unsupportedCall(name: string): string {
  const aggregate = aggregateFunctions.has(name) ? ' here: it is an aggregate' : ' yet';
  return `the function \`${name}\` is not supported${aggregate}`;
}

/** The values of a call that gives several, such as `array_sort_asc(a, b)`; undefined for any other expression. */
export function compileColumns(node: SyntaxNode, scope: Scope, context: Context): NamedExpr[] | undefined {
  if (kindOf(node) === 'ParenthesizedExpression') return compileColumns(part(node, 'Expression'), scope, context);
  if (kindOf(node) !== 'FunctionCallExpression') return undefined;
  const name = callName(node);
  const declared = scope.env.get(name) ? undefined : scalarFunctions.get(name);
  if (!declared?.compileColumns) return undefined;
  const nodes = callArguments(node);
  const args = nodes.map((arg) => context.expression(arg, scope));
  checkArity(node, name, declared.arity, args.length, context);
  const site = callSite(node, nodes, scope, context);
  return declared
    .compileColumns(args, site)
    .map(({ name: column, expr }) => ({ name: column, expr: scalarsBeside(expr, scope) }));
}

/** The aggregate a node calls directly, if it is one. */
export function aggregateOf(node: SyntaxNode, scope: Scope): AggregateFunction | undefined {
  if (kindOf(node) !== 'FunctionCallExpression') return undefined;
  const name = callName(node);
  return scope.env.get(name) ? undefined : aggregateFunctions.get(name);
}

export function compileAggregate(node: SyntaxNode, scope: Scope, context: Context): Expr | NamedExpr[] {
  const name = callName(node);
  const declared = aggregateFunctions.get(name);
  if (!declared || !scope.aggregates)
    return context.fail(node, 'unsupported', `the aggregate \`${name}\` is not supported yet`);
  const { rows, grouped } = scope.aggregates;
  const given = callArguments(node);
  const plain = given.filter((arg) => kindOf(arg) !== 'StarExpression');
  const args = plain.map((arg) => windowBeside(context.expression(arg, rows), rows));
  checkArity(node, name, declared.arity, given.length, context);
  const call: AggregateCall = Object.assign(callSite(node, plain, rows, context), {
    star: columnExprs(rows.columns.filter((column) => !grouped.has(column.name))),
    hasStar: plain.length < given.length,
  });
  return declared.compile(args, call);
}

function callSite(
  node: SyntaxNode,
  args: SyntaxNode[],
  scope: Scope,
  context: Context,
): CallSite & { columnNames: (string | undefined)[] } {
  const { rows } = scope;
  return {
    now: context.input.now,
    fail: (code, message, argument) =>
      context.fail((argument === undefined ? undefined : args[argument]) ?? node, code, message),
    note: context.note,
    setting: (name) => {
      const option = scope.env.get(`set ${name}`);
      return option?.kind === 'scalar' ? option.expr : undefined;
    },
    needsGeo: () => context.needsGeo(node),
    get rowOrder() {
      return rows?.order();
    },
    columns: columnExprs([...scope.columns]),
    columnNames: args.map((arg) => resultName(arg, { env: scope.env, aggregates: false, columnNames: new Set() })),
    ...(rows ? { stage: rows.stage } : {}),
  };
}

function checkArity(
  node: SyntaxNode,
  name: string,
  [least, most]: [number, number],
  given: number,
  context: Context,
): void {
  if (given >= least && given <= most) return;
  const expected =
    least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  context.fail(node, 'type', `\`${name}\` takes ${expected} arguments, not ${given}`);
}

function columnIfExists(node: SyntaxNode, scope: Scope, context: Context): Expr {
  const [nameNode, fallback] = callArguments(node);
  if (!nameNode || !fallback) return context.fail(node, 'type', `\`${callName(node)}\` takes 2 arguments`);
  const name =
    kindOf(nameNode) === 'NameReference' ? simpleName(nameNode) : context.expression(nameNode, scope).constant?.value;
  if (typeof name !== 'string') return context.fail(nameNode, 'type', 'the name of the column must be a constant');
  const column = (scope.aggregates?.rows ?? scope).columns.find((one) => one.name === name);
  if (column) return { sql: column.sql, type: column.type };
  const value = context.expression(fallback, scope);
  return value.constant?.value === null ? nullOf(value.type) : value;
}
