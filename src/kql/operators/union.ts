import type { ColumnType } from '../../ports/query-engine';
import type { Context, Environment } from '../context';
import { literal, nullOf, sqlTypes } from '../functions/literal';
import { KqlError } from '../kql-error';
import { kindOf, listOf, parameterText, part, type SyntaxNode, simpleName, sourceText } from '../kusto';
import { aliased, nameColumns, type Relation, type RelationColumn } from '../relation';
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
  if (legs.length === 0) {
    if (fuzzy && context.input.schemaOnly) return unknownRows(context);
    return context.fail(node, 'unknown-name', 'none of the tables of this union exists');
  }
  const inner = parameterText(node, 'kind')?.toLowerCase() === 'inner';
  const united = unionOf(legs, {
    inner,
    withSource: parameterText(node, 'withsource', 'with_source'),
    tooWide: (message) => context.fail(node, 'limit', message),
  });
  if (united.columns.length === 0) context.fail(node, 'type', 'the tables of this union have no column in common');
  return united;
}

/** Tables of which nothing is known. */
function unknownRows(context: Context): Relation {
  const columns = nameColumns([{ name: 'Column1', type: 'dynamic' }, ...context.open.assumed()]);
  const nulls = columns.map(({ type, sql }) => `NULL::${sqlTypes[type]} AS ${sql}`).join(', ');
  return { from: `(SELECT ${nulls} WHERE false)`, columns, sorted: false };
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
    return [...found.map((table) => context.scan(table, node)), ...views.map((view) => context.view(view, node, env))];
  }
  if (kindOf(node) === 'NameReference') {
    const named = env.get(simpleName(node));
    if (named?.kind === 'function' && named.view) return [context.view(named.name, node, env)];
  }
  const missing = fuzzy ? missingTable(node, env, context) : undefined;
  if (missing === undefined) return fuzzy ? existing(node, env, context) : [context.tabular(node, env)];
  context.note(`The table ${missing} does not exist here; the union left it out.`);
  return [];
}

/** The rows of a leg, or nothing where a table is missing that it reads further in, such as in a function that it calls. */
function existing(node: SyntaxNode, env: Environment, context: Context): Relation[] {
  try {
    return [context.tabular(node, env)];
  } catch (error) {
    if (!(error instanceof KqlError) || error.missing === undefined) throw error;
    const leg = sourceText(node).split(/\s*[(|\n]/, 1)[0];
    context.note(`The table ${error.missing} does not exist here; the union left out ${leg}, which reads it.`);
    return [];
  }
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

/** Cells of a union's width: DuckDB plans 100,000 in about a second. */
const widest = 400_000;

/** Columns by name and type; a name with several types becomes one column for each, such as x_long and x_string. */
export function unionOf(
  legs: Leg[],
  options: { inner?: boolean; withSource?: string | undefined; tooWide(message: string): never },
): Relation {
  const targets = unifiedColumns(
    legs.map((leg) => leg.relation.columns),
    options.inner ?? false,
  );
  if (legs.length * targets.length > widest)
    options.tooWide(
      `the ${legs.length} tables here have ${targets.length} columns together, too many for one answer; name the columns that matter in a project, distinct or summarize behind, or fewer tables`,
    );
  const named: { name: string; type: ColumnType }[] = targets.map(({ name, type }) => ({ name, type }));
  if (options.withSource !== undefined) named.unshift({ name: options.withSource, type: 'string' });
  const columns = nameColumns(named);
  const own = options.withSource === undefined ? 0 : 1;
  for (const [i, { name, original }] of targets.entries()) {
    const column = columns[i + own];
    if (column && name !== original) column.original = original;
  }
  const selects = legs.map(({ source, relation }) => {
    const given = new Map(relation.columns.map((column) => [`${column.type} ${column.name}`, column.sql]));
    const values = targets.map(({ original, type }) => given.get(`${type} ${original}`) ?? missingValue(type));
    if (options.withSource !== undefined) values.unshift(literal(source, 'string').sql);
    return `SELECT ${values.map((value, i) => aliased(value, columns[i]?.sql ?? '')).join(', ')} FROM ${relation.from}`;
  });
  return { from: `(${selects.join(' UNION ALL ')})`, columns, sorted: false };
}

function missingValue(type: ColumnType): string {
  return type === 'string' ? nullOf('string').sql : `NULL::${sqlTypes[type]}`;
}

function unifiedColumns(legs: RelationColumn[][], inner: boolean): Target[] {
  const types = new Map<string, ColumnType[]>();
  const shared = new Map<string, number>();
  for (const { name, type } of legs.flat()) {
    const known = types.get(name) ?? [];
    if (!known.includes(type)) known.push(type);
    types.set(name, known);
    shared.set(`${type} ${name}`, (shared.get(`${type} ${name}`) ?? 0) + 1);
  }
  const targets: Target[] = [];
  const taken = new Set<string>();
  for (const [name, kinds] of types) {
    for (const type of kinds) {
      if (inner && shared.get(`${type} ${name}`) !== legs.length) continue;
      const wanted = kinds.length > 1 && !inner ? `${name}_${type}` : name;
      let unique = wanted;
      for (let i = 1; taken.has(unique); i++) unique = `${wanted}${i}`;
      taken.add(unique);
      targets.push({ name: unique, type, original: name });
    }
  }
  return targets;
}
