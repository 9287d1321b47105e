import type { Column } from '../../ports/query-engine';
import type { Context, Environment } from '../context';
import { callName } from '../expressions/call-parts';
import { convert } from '../functions/convert';
import { quoteText } from '../functions/quote-text';
import { optionalPart, part, type SyntaxNode, sourceText } from '../kusto';
import { schemaColumns } from '../operators/datatable';
import { createProjection } from '../projection';
import { type Relation, type RelationColumn, selectFrom } from '../relation';
import { bagColumns, mostColumns } from './bag-columns';
import type { Plugin } from './define-plugin';
import { pluginArguments } from './plugin-arguments';

interface Settings {
  bag: string;
  /** The columns of the input without the bag. */
  rest: RelationColumn[];
  from: string;
  prefix: string;
  conflict: string;
  ignored: string[];
}

/** A column for each key of a bag: as the query declares them, or as the data has them. */
export const bagUnpack: Plugin = {
  name: 'bag_unpack',
  difference:
    'without a schema the rows before it are read twice; a text is a datetime only when it is written as bag_pack() writes one',
  compile(node, call, input, env, context) {
    const settings = settingsOf(call, input, env, context);
    const clause = optionalPart(node, 'Schema');
    return clause
      ? declared(part(clause, 'Schema'), settings, input, context)
      : discovered(call, settings, input, context);
  },
};

function settingsOf(call: SyntaxNode, input: Relation, env: Environment, context: Context): Settings {
  const given = pluginArguments(
    call,
    ['column', 'OutputColumnPrefix', 'columnsConflict', 'ignoredProperties'],
    context,
  );
  const [bagNode] = given;
  if (!bagNode) return context.fail(call, 'type', '`bag_unpack` takes the column to unpack');
  const bag = context.expression(bagNode, { columns: input.columns, env });
  if (bag.type !== 'dynamic')
    return context.fail(
      bagNode,
      'type',
      `\`bag_unpack\` needs a dynamic, ${sourceText(bagNode)} is a ${bag.type}${bag.type === 'string' ? '; read it with parse_json() first' : ''}`,
    );
  const constant = (place: number) => {
    const one = given[place];
    if (!one) return undefined;
    const known = context.expression(one, { columns: [], env }).constant;
    return known ? known.value : context.fail(one, 'type', 'this argument of `bag_unpack` must be a constant');
  };
  const [prefix, conflict, ignored] = [constant(1) ?? '', constant(2) ?? 'error', constant(3) ?? []];
  if (typeof prefix !== 'string') return context.fail(call, 'type', 'the prefix must be a constant text');
  if (typeof conflict !== 'string' || !['error', 'replace_source', 'keep_source'].includes(conflict))
    return context.fail(call, 'type', "columnsConflict is 'error', 'replace_source' or 'keep_source'");
  if (!Array.isArray(ignored)) return context.fail(call, 'type', 'ignoredProperties must be an array of texts');
  const rest = input.columns.filter((column) => column.sql !== bag.sql);
  const isColumn = rest.length < input.columns.length;
  return {
    bag: isColumn ? bag.sql : '"kql:bag"',
    from: isColumn ? input.from : `(SELECT *, ${bag.sql} AS "kql:bag" FROM ${input.from})`,
    rest,
    prefix,
    conflict,
    ignored: ignored.map(String),
  };
}

/** The columns that the schema behind the colon lists, and with `*` those of the input before them. */
function declared(schema: SyntaxNode, settings: Settings, input: Relation, context: Context): Relation {
  const { rest, prefix, conflict, ignored } = settings;
  const columns = schemaColumns(schema, context);
  const star = optionalPart(schema, 'AsteriskToken');
  const projection = createProjection();
  if (star && sourceText(star) === '*') {
    for (const { name, type, sql } of rest)
      if (!columns.some((one) => one.name === name)) projection.add(name, { sql, type });
  }
  for (const { name, type } of columns) {
    const own = rest.find((column) => column.name === name && column.type === type);
    const key = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    const kept = own && (conflict !== 'replace_source' || ignored.includes(key));
    projection.add(name, kept ? { sql: own.sql, type } : slot(settings, key, type));
  }
  return selectFrom(settings.from, projection.items, { order: input });
}

/** The columns of the input, then one for each key in the order of their names. */
function discovered(call: SyntaxNode, settings: Settings, input: Relation, context: Context): Relation {
  const { rest, prefix, conflict, ignored } = settings;
  const asked = bagColumns(call, settings, context);
  const found = asked?.filter((one) => !ignored.includes(one.name)).map(prefixed(prefix));
  const taken = new Set(rest.map((column) => column.name));
  if (found)
    context.open.known(
      callName(call),
      found.map((one) => one.name),
    );
  const assumed = () => context.open.assumed().filter((one) => !taken.has(one.name));
  const columns = found ?? assumed().map(prefixed(''));
  if (rest.length + columns.length > mostColumns)
    return context.fail(
      call,
      'limit',
      `\`bag_unpack\` would give a table of more than ${mostColumns} columns: declare those you need, as in bag_unpack(bag) : (*, name:string)`,
    );
  const same = columns.find((one) => taken.has(one.name));
  if (same && conflict === 'error')
    return context.fail(
      call,
      'type',
      `the key ${same.name} has the name of a column: give \`bag_unpack\` a prefix, or columnsConflict='replace_source' or 'keep_source'`,
    );
  const projection = createProjection();
  for (const { name, type, sql } of rest)
    if (!columns.some((one) => one.name === name)) projection.add(name, { sql, type });
  for (const { name, type, key } of columns) {
    const own = conflict === 'keep_source' ? rest.find((column) => column.name === name) : undefined;
    projection.add(name, own ? { sql: own.sql, type: own.type } : slot(settings, key, type));
  }
  if (projection.items.length === 0) projection.add('Column1', { sql: 'NULL::JSON', type: 'dynamic' });
  return selectFrom(settings.from, projection.items, { order: input });
}

function prefixed(prefix: string): (column: Column) => Column & { key: string } {
  return ({ name, type }) => ({ name: `${prefix}${name}`, type, key: name });
}

function slot({ bag }: Settings, key: string, type: Column['type']) {
  return convert({ sql: `kql_get(${bag}, kql_key_path(${quoteText(key)}))`, type: 'dynamic' }, type);
}
