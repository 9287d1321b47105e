import type { Context, Scope } from './context';
import type { Expr, NamedExpr } from './expr';
import { aggregateOf, compileAggregate, compileColumns } from './expressions/calls';
import { jsonTextOf } from './expressions/path-text';
import { kindOf, listOf, part, type SyntaxNode, simpleName } from './kusto';
import { aliased, nameColumns, type Relation, type RelationColumn, selectFrom } from './relation';
import { type NamingScope, resultName } from './result-name';
import type { RowSource } from './row-source';

/** Columns being gathered, under the names that Kusto gives them. */
export interface Projection {
  items: NamedExpr[];
  /** Adds a column under its name, or under the name and a number where it is taken. */
  add(name: string, expr: Expr): void;
  /** Adds a column, or puts it in the place of the one with its name. */
  replace(name: string, expr: Expr): void;
  /** A name nothing has: Column1, Column2 … */
  freeName(taken: Iterable<string>): string;
}

export function createProjection(): Projection {
  const items: NamedExpr[] = [];
  const suffixes = new Map<string, number>();
  let unnamed = 1;
  const add = (name: string, expr: Expr) => {
    let unique = name;
    const last = suffixes.get(name);
    if (last === undefined) suffixes.set(name, 0);
    else {
      let suffix = last + 1;
      while (suffixes.has(`${name}${suffix}`)) suffix++;
      suffixes.set(name, suffix);
      unique = `${name}${suffix}`;
      suffixes.set(unique, 0);
    }
    items.push({ name: unique, expr });
  };
  return {
    items,
    add,
    replace(name, expr) {
      const place = items.findIndex((item) => item.name === name);
      if (place >= 0) items[place] = { name, expr };
      else add(name, expr);
    },
    freeName(taken) {
      const used = new Set([...taken, ...items.map((item) => item.name)]);
      while (used.has(`Column${unnamed}`)) unnamed++;
      return `Column${unnamed++}`;
    },
  };
}

export interface ProjectOptions {
  /** An existing column of the name gives way, as in extend. */
  replace?: boolean;
  /** The name of an expression without one, such as print_0. */
  fallback?: (index: number) => string;
  /** `print` names its columns by position, whatever the function. */
  positional?: boolean;
}

/** Compiles a list such as `a, b = f(x), (c, d) = g(y)` into the projection. */
export function project(
  nodes: SyntaxNode[],
  projection: Projection,
  scope: Scope,
  context: Context,
  options: ProjectOptions = {},
): void {
  for (const [index, node] of nodes.entries()) projectOne(node, index, projection, scope, context, options);
}

function projectOne(
  node: SyntaxNode,
  index: number,
  projection: Projection,
  scope: Scope,
  context: Context,
  options: ProjectOptions,
): void {
  const put = options.replace ? projection.replace : projection.add;
  const kind = kindOf(node);
  if (kind === 'StarExpression') {
    for (const { name, type, sql } of scope.columns) projection.replace(name, { sql, type });
    return;
  }
  const names = givenNames(node);
  const inner =
    kind === 'SimpleNamedExpression' || kind === 'CompoundNamedExpression' ? part(node, 'Expression') : node;
  const values = severalValues(inner, scope, context);
  if (!values) {
    const expr = context.expression(inner, scope);
    if (names.length > 1) context.fail(node, 'type', 'the expression gives one value, not several');
    const [name] = names;
    put(name ?? defaultName(inner, index, scope, context, options), expr);
    return;
  }
  if (names.length > values.length) context.fail(node, 'type', 'there are more names than values');
  for (const [i, value] of values.entries()) {
    const name = names[i];
    if (name !== undefined) projection.replace(name, value.expr);
    else put(value.name, value.expr);
  }
}

function givenNames(node: SyntaxNode): string[] {
  if (kindOf(node) === 'SimpleNamedExpression') return [simpleName(part(node, 'Name'))];
  if (kindOf(node) === 'CompoundNamedExpression') return listOf(part(node, 'Names'), 'Names').map(simpleName);
  return [];
}

function severalValues(node: SyntaxNode, scope: Scope, context: Context): NamedExpr[] | undefined {
  const columns = compileColumns(node, scope, context);
  if (columns) return columns.length > 1 ? columns : undefined;
  if (!scope.aggregates || !aggregateOf(node, scope)) return undefined;
  const result = compileAggregate(node, scope, context);
  if (!Array.isArray(result)) return undefined;
  const [only] = result;
  const name = result.length === 1 ? resultName(node, namingScope(scope)) : undefined;
  return only && name !== undefined ? [{ name, expr: only.expr }] : result;
}

function namingScope(scope: Scope): NamingScope {
  return {
    env: scope.env,
    aggregates: scope.aggregates !== undefined,
    columnNames: new Set(scope.columns.map((column) => column.name)),
  };
}

function defaultName(node: SyntaxNode, index: number, scope: Scope, context: Context, options: ProjectOptions): string {
  const naming = namingScope(scope);
  const named = options.positional ? undefined : resultName(node, naming);
  if (named !== undefined) return named;
  if (options.fallback) return options.fallback(index);
  return context.unnamedColumn(
    (name) => scope.env.get(name) !== undefined || (!!options.replace && naming.columnNames.has(name)),
  );
}

/** The input with more or other columns: `SELECT *, …`, which keeps SQL short for wide tables. */
export function extended(input: Relation, projection: Projection, rows: RowSource): Relation {
  const kept = projection.items.slice(0, input.columns.length);
  const inPlace = input.columns.every((column, i) => kept[i]?.name === column.name);
  if (!inPlace || rows.widened) {
    return selectFrom(rows.from, projection.items, { order: input, tail: rows.restored(projection.items) });
  }
  const changed: string[] = [];
  const columns: RelationColumn[] = [];
  for (const [i, column] of input.columns.entries()) {
    const expr = kept[i]?.expr ?? { sql: column.sql, type: column.type };
    if (expr.sql === column.sql) {
      columns.push(expr.type === column.type ? column : { ...column, type: expr.type });
      continue;
    }
    changed.push(`${expr.sql} AS ${column.sql}`);
    columns.push(parsedFrom({ name: column.name, sql: column.sql, type: expr.type }, expr, input));
  }
  const added = projection.items.slice(input.columns.length);
  const names = nameColumns(
    added.map(({ name, expr }) => ({ name, type: expr.type })),
    input.columns,
  ).map((column, i) => parsedFrom(column, added[i]?.expr, input));
  const star = changed.length > 0 ? `* REPLACE (${changed.join(', ')})` : '*';
  const list = [star, ...added.map(({ expr }, i) => aliased(expr.sql, names[i]?.sql ?? ''))];
  if (changed.length === 0 && added.length === 0) return input;
  return {
    from: `(SELECT ${list.join(', ')} FROM ${input.from})`,
    columns: [...columns, ...names],
    sorted: input.sorted,
    ordinal: input.ordinal,
  };
}

/** The column, with the text that it is parsed from where that stands beside it. */
function parsedFrom(column: RelationColumn, expr: Expr | undefined, input: Relation): RelationColumn {
  const text = expr && jsonTextOf(expr);
  const beside = text && input.columns.find((one) => one.sql === text.sql);
  return beside ? { ...column, jsonText: beside } : column;
}
