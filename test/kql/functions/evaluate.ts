import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBScalarFunction,
  VARCHAR,
} from '@duckdb/node-api';
import type { Expr, Json } from '../../../src/kql/expr';
import { convert } from '../../../src/kql/functions/convert';
import type { AggregateCall, CallSite, ScriptFunction } from '../../../src/kql/functions/define-function';
import { literal, nullOf, sqlTypes } from '../../../src/kql/functions/literal';
import { parseDatetime, parseTimespan } from '../../../src/kql/functions/parse-datetime';
import { aggregateFunctions, scalarFunctions } from '../../../src/kql/functions/registry';
import { prelude, scripts } from '../../../src/kql/prelude';
import type { ColumnType } from '../../../src/ports/query-engine';
import { children, findKind, kindOf, parse, type SyntaxNode } from './kusto-parser';

/** Columns by name and type; each row a list of KQL literals in text. */
export interface Rows {
  columns: Record<string, ColumnType>;
  rows: string[][];
}

export interface Evaluator {
  /** The value of a call such as `substring("abc", 1)` as text, null for a null; a refusal as `CODE: message`. */
  scalar(kql: string): Promise<string | null>;
  /** The same for every row of a serialized row set. */
  window(kql: string, rows: Rows): Promise<(string | null)[]>;
  /** The values of an aggregate's columns. */
  aggregate(kql: string, rows: Rows): Promise<(string | null)[]>;
  notes: string[];
  close(): void;
}

/** 2024-05-15T10:20:30.1234567Z */
export const testNow = parseDatetime('2024-05-15T10:20:30.1234567Z') ?? 0n;

class Refusal extends Error {}

/** Compiles calls made of literals and columns with the functions of the registry alone and runs them on an in-memory DuckDB. */
export async function createEvaluator(): Promise<Evaluator> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const script of scripts()) connection.registerScalarFunction(scriptToFunction(script));
  for (const statement of prelude()) await connection.run(statement);
  const notes: string[] = [];
  const context: Context = { notes, columns: {} };
  return {
    notes,
    async scalar(kql) {
      return orRefusal(async () => {
        const call = printed(kql);
        const compiled = checkType(compileNode(call, context), call);
        await checkSqlType(connection, compiled, kql);
        return (await values(connection, `SELECT ${toCell(compiled)}`))[0] ?? null;
      });
    },
    async window(kql, rows) {
      const call = printed(kql);
      const stages: string[] = [];
      const compiled = compileNode(call, {
        ...context,
        columns: rows.columns,
        rowOrder: 'kql_row',
        stage(expr) {
          stages.push(expr.sql);
          return { sql: `stage_${stages.length}`, type: expr.type };
        },
      });
      let source = tableSql(rows);
      for (const [index, sql] of stages.entries()) source = `(SELECT *, ${sql} AS stage_${index + 1} FROM ${source})`;
      return values(connection, `SELECT ${toCell(compiled)} FROM ${source} ORDER BY kql_row`);
    },
    async aggregate(kql, rows) {
      const columns = compileAggregate(printed(kql), { ...context, columns: rows.columns, rowOrder: 'kql_row' });
      const row = columns.map((column, index) => `${toCell(column)} AS c${index}`);
      const reader = await connection.runAndReadAll(`SELECT ${row.join(', ')} FROM ${tableSql(rows)}`);
      return (reader.getRowsJson()[0] ?? []).map((cell) => (cell === null ? null : String(cell)));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A value held in another SQL type than its column's would change or fail where rows meet. */
async function checkSqlType(connection: DuckDBConnection, { sql, type }: Expr, kql: string): Promise<void> {
  const [held] = await values(connection, `SELECT typeof(${sql})`);
  if (held === sqlTypes[type] || held?.startsWith('DECIMAL') || held === '"NULL"') return;
  throw new Error(`${kql} is held as ${held}, a ${type} should be ${sqlTypes[type]}`);
}

interface Context {
  notes: string[];
  columns: Record<string, ColumnType>;
  rowOrder?: string;
  stage?(expr: Expr): Expr;
}

async function orRefusal(run: () => Promise<string | null>): Promise<string | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

async function values(connection: DuckDBConnection, sql: string): Promise<(string | null)[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJson().map((row) => (row[0] === null || row[0] === undefined ? null : String(row[0])));
}

function toCell(value: Expr): string {
  const { sql, type } = value;
  if (type === 'string') return `(${sql})::VARCHAR`;
  if (type === 'dynamic') return `((${sql})::JSON)::VARCHAR`;
  return `CASE WHEN (${sql}) IS NULL THEN NULL ELSE ${convert({ sql: type === 'decimal' ? sql : `(${sql})::${sqlTypes[type]}`, type }, 'string').sql} END`;
}

function tableSql(rows: Rows): string {
  const types = Object.values(rows.columns);
  const cells = rows.rows.map((row, index) => {
    const row1 = row.map((text, column) => {
      const value = convert(compileNode(printed(text), { notes: [], columns: {} }), types[column] ?? 'string');
      return `(${value.sql})::${sqlTypes[value.type]}`;
    });
    return `(${[...row1, String(index)].join(', ')})`;
  });
  const names = [...Object.keys(rows.columns), 'kql_row'].map(quoted);
  const empty = `(${[...types.map((type) => `NULL::${sqlTypes[type]}`), '0'].join(', ')})`;
  const filter = cells.length === 0 ? ' WHERE false' : '';
  return `(SELECT * FROM (VALUES ${cells.length === 0 ? empty : cells.join(', ')}) t(${names.join(', ')})${filter})`;
}

function printed(kql: string): SyntaxNode {
  const print = findKind(parse(`print ${kql}`), 'PrintOperator');
  const expression = print && elements(children(print)[1]);
  if (!expression?.[0]) throw new Error(`not an expression: ${kql}`);
  return expression[0];
}

function elements(list: SyntaxNode | undefined): SyntaxNode[] {
  if (!list) return [];
  return children(list).map((child) => (kindOf(child) === 'SeparatedElement' ? (children(child)[0] ?? child) : child));
}

const typeNames: Record<string, ColumnType> = { double: 'real', date: 'datetime', time: 'timespan', boolean: 'bool' };

function checkType(compiled: Expr, node: SyntaxNode): Expr {
  const said = node.ResultType?.Name ?? 'unknown';
  const family = said.startsWith('dynamic') ? 'dynamic' : said;
  if (family !== 'unknown' && family !== 'tuple' && !said.startsWith('(') && compiled.type !== family) {
    throw new Error(`${node.ToString()} is ${compiled.type} here and ${said} in Kusto`);
  }
  return compiled;
}

function compileNode(node: SyntaxNode, context: Context): Expr {
  const kind = kindOf(node);
  if (kind === 'FunctionCallExpression') return compileCall(node, context);
  if (kind === 'UnaryMinusExpression') return negative(compileNode(children(node)[1] ?? node, context));
  if (kind === 'UnaryPlusExpression') return compileNode(children(node)[1] ?? node, context);
  if (kind === 'NameReference') return columnOf(node, context);
  if (kind === 'TypeOfLiteralExpression') return literal(typeOf(node), 'string');
  if (kind === 'DynamicExpression' || kind === 'NullLiteralExpression') return dynamicOf(node);
  return literalOf(node, kind);
}

function columnOf(node: SyntaxNode, context: Context): Expr {
  const name = node.ToString().trim();
  const type = context.columns[name];
  if (!type) throw new Error(`no column ${name}`);
  return { sql: quoted(name), type };
}

function quoted(name: string): string {
  return `"${name}"`;
}

function typeOf(node: SyntaxNode): string {
  const name = /\(\s*(\w+)/.exec(node.ToString())?.[1] ?? '';
  return typeNames[name] ?? name;
}

function negative(value: Expr): Expr {
  const known = value.constant?.value;
  if (typeof known === 'bigint') return literal(-known, value.type);
  if (typeof known === 'number') return literal(-known, value.type);
  return { sql: `(-${value.sql})`, type: value.type };
}

function dynamicOf(node: SyntaxNode): Expr {
  const text = node.ToString().trim().slice('dynamic('.length, -1).trim();
  if (text === 'null') return nullOf('dynamic');
  return {
    sql: `'${text.replaceAll("'", "''")}'::JSON`,
    type: 'dynamic',
    constant: { value: JSON.parse(text) satisfies Json },
  };
}

function literalOf(node: SyntaxNode, kind: string): Expr {
  const text = node.ToString().trim();
  const inner = (/^\w+\s*\(([\s\S]*)\)$/.exec(text)?.[1] ?? text).trim().replace(/^["'](.*)["']$/, '$1');
  const isNull = inner === 'null';
  switch (kind) {
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return literal(String(node.LiteralValue), 'string');
    case 'LongLiteralExpression':
      return isNull ? nullOf('long') : literal(BigInt(inner), 'long');
    case 'IntLiteralExpression':
      return isNull ? nullOf('int') : literal(BigInt(inner), 'int');
    case 'RealLiteralExpression':
      return isNull ? nullOf('real') : literal(realOf(inner), 'real');
    case 'DecimalLiteralExpression':
      return isNull ? nullOf('decimal') : literal(inner, 'decimal');
    case 'BooleanLiteralExpression':
      return isNull ? nullOf('bool') : literal(inner.toLowerCase() === 'true', 'bool');
    case 'GuidLiteralExpression':
      return isNull ? nullOf('guid') : literal(inner, 'guid');
    case 'DateTimeLiteralExpression':
      return literal(parseDatetime(inner) ?? null, 'datetime');
    case 'TimespanLiteralExpression':
      return literal(parseTimespan(inner) ?? null, 'timespan');
    default:
      throw new Error(`the tests know no ${kind} (${text})`);
  }
}

function realOf(text: string): number {
  if (text === 'nan') return Number.NaN;
  if (text.endsWith('inf')) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

function callSite(context: Context): CallSite {
  return {
    now: testNow,
    fail(code, message) {
      throw new Refusal(`${code}: ${message}`);
    },
    note(text) {
      context.notes.push(text);
    },
    rowOrder: context.rowOrder,
    ...(context.stage && { stage: context.stage }),
  };
}

function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const list = children(node)[1];
  return elements(list && children(list)[1]);
}

function checkArity(name: string, count: number, [least, most]: [number, number]): void {
  if (count < least || count > most) throw new Error(`${name} takes ${least} to ${most} arguments, not ${count}`);
}

function compileCall(node: SyntaxNode, context: Context): Expr {
  const name = node.Name?.SimpleName ?? '';
  const declared = scalarFunctions.get(name);
  if (!declared) throw new Error(`no function ${name}`);
  const args = argumentsOf(node).map((arg) => compileNode(arg, context));
  checkArity(name, args.length, declared.arity);
  return declared.compile(args, callSite(context));
}

function compileAggregate(node: SyntaxNode, context: Context): Expr[] {
  const name = node.Name?.SimpleName ?? '';
  const declared = aggregateFunctions.get(name);
  if (!declared) throw new Error(`no aggregate ${name}`);
  const nodes = argumentsOf(node);
  const plain = nodes.filter((arg) => kindOf(arg) !== 'StarExpression');
  checkArity(name, nodes.length, declared.arity);
  const call: AggregateCall = {
    ...callSite(context),
    star: Object.entries(context.columns).map(([column, type]) => ({
      name: column,
      expr: { sql: quoted(column), type },
    })),
    hasStar: plain.length < nodes.length,
    columnNames: plain.map((arg) => (kindOf(arg) === 'NameReference' ? arg.ToString().trim() : undefined)),
  };
  const result = declared.compile(
    plain.map((arg) => compileNode(arg, context)),
    call,
  );
  return Array.isArray(result) ? result.map(({ expr }) => expr) : [result];
}

const vectorTypes = { BOOLEAN, BIGINT, DOUBLE, VARCHAR };

function scriptToFunction(script: ScriptFunction): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name: script.name,
    parameterTypes: script.parameters.map((type) => vectorTypes[type]),
    returnType: vectorTypes[script.returns],
    specialHandling: true,
    mainFunction(_info, input, output) {
      const columns = script.parameters.map((_type, index) => input.getColumnVector(index));
      for (let row = 0; row < input.rowCount; row++) {
        const args = columns.map((column) => column.getItem(row));
        output.setItem(row, script.run(...(args satisfies unknown[] as Parameters<ScriptFunction['run']>)));
      }
      output.flush();
    },
  });
}
