import { createHash } from 'node:crypto';
import type { QueryErrorCode } from '../ports/query-engine';
import { callFunction } from './call-function';
import type { Compiled, CompileInput, TableSchema } from './compile-input';
import type { Context } from './context';
import { withDefinitions } from './definitions';
import { compileCondition, compileConditions, compileExpression } from './expressions/expression';
import type { ExternalTable } from './external-table';
import { KqlError } from './kql-error';
import { type SyntaxNode, simpleName } from './kusto';
import { namesIn } from './names-in';
import type { NeededColumns } from './needed-columns';
import type { OpenColumns } from './open-columns';
import { AnswerNeeded } from './question';
import { aliased, dependsOnRow, nameColumns, type Relation } from './relation';
import { quoteName } from './sql-text';
import { placeInStored } from './stored-function';
import { compileOperator, compilePipeline, compileTabular, isTabular, namedTable } from './tabular';

/** Functions may call functions this deep; each call compiles a body anew. */
const deepestCall = 40;
/** Past this length of SQL the query is refused rather than handed to the database. */
const longestSql = 8_000_000;

export interface Compilation {
  context: Context;
  tables: Set<string>;
  notes: Set<string>;
  definitions: string[];
  external: ExternalTable[];
  geo?: { start: number; length: number };
  render?: NonNullable<Compiled['render']>;
}

export function createCompilation(input: CompileInput, open: OpenColumns, needed: NeededColumns): Compilation {
  const byName = new Map(input.tables.map((table) => [table.name, table]));
  let numbers = 0;
  let depth = 0;
  let written = 0;
  let subqueries = 0;
  let unnamed = 1;
  /** The call in the query's own text that led into a stored function, whose nodes have places of their own. */
  let anchor: { node: SyntaxNode; name: string } | undefined;

  function fail(node: SyntaxNode, code: QueryErrorCode, message: string, missing?: string): never {
    const { start, length } = placeOf(node);
    const known = open.refused(code, code === 'unknown-name' ? new Set([missingName(node)]) : namesIn(node));
    const said = anchor ? `${message}${known} (${whereIn(node, anchor.name)})` : `${message}${known}`;
    throw new KqlError(code, said, start, length, missing);
  }

  function placeOf(node: SyntaxNode): { start: number; length: number } {
    const place = anchor?.node ?? node;
    return { start: place.TextStart, length: Math.max(1, place.End - place.TextStart) };
  }

  const context: Context = {
    input,
    expression: (node, scope) => compileExpression(node, scope, context),
    condition: (node, scope) => compileCondition(node, scope, context),
    conditions: (node, scope) => compileConditions(node, scope, context),
    tabular: (node, env) => compileTabular(node, env, context),
    isTabular: (node, env) => isTabular(node, env, context),
    operator(node, relation, env) {
      const result = compileOperator(node, relation, env, context);
      if (!result.graph && result.from.length > longestSql) fail(node, 'limit', 'the query becomes too long');
      return result;
    },
    pipeline(node, relation, env) {
      subqueries++;
      try {
        return compilePipeline(node, relation, env, context);
      } finally {
        subqueries--;
      }
    },
    callFunction(binding, call, scope, piped) {
      if (depth >= deepestCall) fail(call, 'limit', `functions call each other more than ${deepestCall} deep`);
      const outer = anchor;
      const counted = unnamed;
      unnamed = 1;
      if (binding.stored) anchor ??= { node: call, name: binding.name };
      depth++;
      try {
        return callFunction(binding, call, scope, context, piped);
      } finally {
        depth--;
        anchor = outer;
        unnamed = counted;
      }
    },
    table: (name) => byName.get(name),
    view: (name, place, env) => ({ ...namedTable(place, name, env, context), table: name }),
    scan(table, place) {
      compilation.tables.add(table.name);
      return scan({ ...table, columns: needed.of(table, place) }, input);
    },
    define(from, materialized) {
      if (subqueries > 0 && dependsOnRow(from)) return from;
      if (!from.startsWith('(') && !materialized) return from;
      const name = quoteName(`kql:${++numbers}`);
      const body = from.startsWith('(') ? from : `(SELECT * FROM ${from})`;
      written += body.length;
      if (written > longestSql) throw new KqlError('limit', 'the query becomes too long', 0);
      compilation.definitions.push(`${name} AS ${materialized ? 'MATERIALIZED ' : ''}${body}`);
      return name;
    },
    unique: () => ++numbers,
    perRow: (sql) => subqueries > 0 && dependsOnRow(sql),
    ask(node, wanted) {
      const place = anchor?.node ?? node;
      const { kind, columns, most } = wanted;
      if (dependsOnRow(wanted.sql))
        fail(node, 'unsupported', 'what columns there are cannot depend on each row of an mv-apply or partition');
      const sql = withDefinitions(wanted.sql, compilation.definitions);
      const key = `${kind}:${createHash('sha256').update(sql).digest('hex')}`;
      const answer = input.answers?.get(key);
      if (answer) return answer;
      const length = Math.max(1, place.End - place.TextStart);
      const { external, geo } = compilation;
      throw new AnswerNeeded({
        key,
        kind,
        sql,
        columns,
        most,
        start: place.TextStart,
        length,
        ...(external.length > 0 ? { external: [...external] } : {}),
        ...(geo ? { geo } : {}),
      });
    },
    open,
    unnamedColumn(isTaken) {
      while (isTaken(`Column${unnamed}`)) unnamed++;
      return `Column${unnamed++}`;
    },
    note: (text) => void compilation.notes.add(text),
    external(table) {
      const { place: _, ...wanted } = table;
      const key = JSON.stringify(wanted);
      const known = compilation.external.find(
        ({ sqlName: _name, place: _place, ...one }) => JSON.stringify(one) === key,
      );
      if (known) return known.sqlName;
      const sqlName = `kql:external${compilation.external.length + 1}`;
      compilation.external.push({ ...table, sqlName });
      return sqlName;
    },
    needsGeo(node) {
      compilation.geo ??= placeOf(node);
    },
    place: placeOf,
    setRender: (render) => {
      compilation.render = render;
    },
    fail,
  };
  const compilation: Compilation = { context, tables: new Set(), notes: new Set(), definitions: [], external: [] };
  return compilation;
}

function missingName(node: SyntaxNode): string {
  return simpleName(node).replace(/^\$(left|right)\./, '');
}

/** Where in a stored function's own text a fault is, and which function of the query led there. */
function whereIn(node: SyntaxNode, called: string): string {
  const place = placeInStored(node);
  if (!place) return `in the stored function ${called}`;
  const { name, line, column } = place;
  return `in the stored function ${name}, line ${line}, column ${column}${name === called ? '' : `, called by ${called}`}`;
}

/** The rows of a base table, cut to the time range the caller gave, whether its time is among the columns that are read or not. */
function scan(table: TableSchema, input: CompileInput): Relation {
  const columns = nameColumns(table.columns);
  const all = input.tables.find((one) => one.name === table.name)?.columns ?? table.columns;
  const time = ['TimeGenerated', 'Timestamp'].find((name) =>
    all.some((column) => column.name === name && column.type === 'datetime'),
  );
  const ticks = quoteName(time ?? '');
  const range = input.range && time ? ` WHERE ${ticks} >= ${input.range.from} AND ${ticks} < ${input.range.to}` : '';
  const list = columns.map((column) => aliased(quoteName(column.name), column.sql)).join(', ');
  return {
    from: `(SELECT ${list} FROM ${quoteName(table.sqlName ?? table.name)}${range})`,
    columns,
    sorted: false,
    table: table.name,
  };
}
