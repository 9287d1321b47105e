import type { ColumnType } from '../../ports/query-engine';
import type { Context, Environment } from '../context';
import { literal, nullOf, sqlTypes } from '../functions/literal';
import { kindOf, listOf, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { nameColumns, type Relation, type RelationColumn } from '../relation';
import { wildcard } from './column-patterns';
import type { Operator, Source } from './define-operator';

interface Leg {
  source: string;
  relation: Relation;
}

interface Target {
  name: string;
  type: ColumnType;
  /** The name the column has in the legs. */
  original: string;
}

export const union: Operator = {
  name: 'union',
  kind: 'UnionOperator',
  compile: (node, input, env, context) => compileUnion(node, env, context, input),
};

export const unionSource: Source = {
  name: 'union',
  kind: 'UnionOperator',
  compile: (node, env, context) => compileUnion(node, env, context),
};

function compileUnion(node: SyntaxNode, env: Environment, context: Context, input?: Relation): Relation {
  const fuzzy = parameterText(node, 'isfuzzy')?.toLowerCase() === 'true';
  const legs: Leg[] = input ? [{ source: input.table ?? 'union_arg0', relation: input }] : [];
  for (const one of listOf(node, 'Expressions')) {
    for (const relation of legRelations(one, fuzzy, env, context))
      legs.push({ source: relation.table ?? `union_arg${legs.length}`, relation });
  }
  if (legs.length === 0) return context.fail(node, 'unknown-name', 'none of the tables of this union exists');
  return unionOf(legs, {
    inner: parameterText(node, 'kind')?.toLowerCase() === 'inner',
    withSource: parameterText(node, 'withsource', 'with_source'),
  });
}

/** The tables that one argument of `union` or `search in` stands for. */
export function legRelations(node: SyntaxNode, fuzzy: boolean, env: Environment, context: Context): Relation[] {
  const name = kindOf(node) === 'NameReference' ? part(node, 'Name') : node;
  if (/^(Bracketed)?WildcardedName$/.test(kindOf(name))) {
    const matches = wildcard(sourceText(name).replace(/^\[\s*(['"]?)(.*?)\1\s*\]$/, '$2'));
    const found = context.input.tables
      .filter((table) => matches.test(table.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const views = env.views().filter((view) => matches.test(view));
    return [...found.map(context.scan), ...views.map((view) => context.view(view, node, env))];
  }
  if (kindOf(node) === 'NameReference') {
    const named = env.get(simpleName(node));
    if (named?.kind === 'function' && named.view) return [context.view(named.name, node, env)];
  }
  const missing = fuzzy ? missingTable(node, env, context) : undefined;
  if (missing === undefined) return [context.tabular(node, env)];
  context.note(`The table ${missing} does not exist here; the union left it out.`);
  return [];
}

/** The first name of a leg that stands for no table, where that is why the leg cannot be read. */
function missingTable(node: SyntaxNode, env: Environment, context: Context): string | undefined {
  switch (kindOf(node)) {
    case 'ParenthesizedExpression':
    case 'PipeExpression':
      return missingTable(part(node, 'Expression'), env, context);
    case 'NameReference': {
      const name = simpleName(node);
      return env.get(name) || context.table(name) || context.input.functions?.some((one) => one.name === name)
        ? undefined
        : name;
    }
    case 'FunctionCallExpression': {
      const name = simpleName(part(node, 'Name'));
      return context.isTabular(node, env) ? undefined : name;
    }
    default:
      return undefined;
  }
}

/** Columns by name and type; a name with several types becomes one column for each, such as x_long and x_string. */
export function unionOf(legs: Leg[], options: { inner?: boolean; withSource?: string | undefined } = {}): Relation {
  const targets = unifiedColumns(
    legs.map((leg) => leg.relation.columns),
    options.inner ?? false,
  );
  const named: { name: string; type: ColumnType }[] = targets.map(({ name, type }) => ({ name, type }));
  if (options.withSource !== undefined) named.unshift({ name: options.withSource, type: 'string' });
  const columns = nameColumns(named);
  const selects = legs.map(({ source, relation }) => {
    const values = targets.map((target) => valueIn(relation, target));
    if (options.withSource !== undefined) values.unshift(literal(source, 'string').sql);
    return `SELECT ${values.map((value, i) => `${value} AS ${columns[i]?.sql}`).join(', ')} FROM ${relation.from}`;
  });
  return { from: `(${selects.join(' UNION ALL ')})`, columns, sorted: false };
}

function valueIn(relation: Relation, target: Target): string {
  const column = relation.columns.find((one) => one.name === target.original && one.type === target.type);
  if (column) return column.sql;
  return target.type === 'string' ? nullOf('string').sql : `NULL::${sqlTypes[target.type]}`;
}

function unifiedColumns(legs: RelationColumn[][], inner: boolean): Target[] {
  const types = new Map<string, ColumnType[]>();
  for (const { name, type } of legs.flat()) {
    const known = types.get(name) ?? [];
    if (!known.includes(type)) known.push(type);
    types.set(name, known);
  }
  const targets: Target[] = [];
  for (const [name, kinds] of types) {
    for (const type of kinds) {
      if (inner && !legs.every((leg) => leg.some((column) => column.name === name && column.type === type))) continue;
      const wanted = kinds.length > 1 && !inner ? `${name}_${type}` : name;
      let unique = wanted;
      for (let i = 1; targets.some((target) => target.name === unique); i++) unique = `${wanted}${i}`;
      targets.push({ name: unique, type, original: name });
    }
  }
  return targets;
}
