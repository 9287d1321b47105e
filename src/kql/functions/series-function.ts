import type { ColumnType } from '../../ports/query-engine';
import type { Expr, NamedExpr } from '../expr';
import { convert, toText } from './convert';
import { type CallSite, defineScalar, type ScalarFunction, type ScriptFunction } from './define-function';

interface SeriesFunction {
  name: string;
  arity: [least: number, most: number];
  /** SQL types of the arguments in their order; a missing one reaches `run` as null. A VARCHAR is an array's JSON, or a text. */
  parameters: ScriptFunction['parameters'];
  /** Gives the JSON text of an array, or of a bag with one member for each of `columns`. */
  run: ScriptFunction['run'];
  /** The columns that the call stands for, named `<function>_<series>_<part>`; without them one dynamic value. */
  columns?: [part: string, type: 'real' | 'long' | 'dynamic'][];
  /** Looks at arguments that are known when compiling. */
  check?(args: Expr[], call: CallSite): void;
  difference?: string;
}

/** A function over a whole array that SQL has no equal for: run in JavaScript, once for each row. */
export function defineSeries(declaration: SeriesFunction): ScalarFunction {
  const { name, arity, parameters, run, columns, check, difference } = declaration;
  const script: ScriptFunction = { name: `kql_${name}`, parameters, returns: 'VARCHAR', run };
  function json(args: Expr[], call: CallSite): string {
    check?.(args, call);
    const given = parameters.map((type, index) => argumentSql(args[index], type));
    return `kql_${name}(${given.join(', ')})::JSON`;
  }
  const shared = { name, arity, scripts: [script], ...(difference === undefined ? {} : { difference }) };
  if (!columns)
    return defineScalar({ ...shared, compile: (args, call) => ({ sql: json(args, call), type: 'dynamic' }) });
  const compileColumns = (args: Expr[], call: CallSite): NamedExpr[] => {
    const source = json(args, call);
    const prefix = `${name}_${call.columnNames?.[0] ?? ''}`;
    return columns.map(([part, type]) => ({ name: `${prefix}_${part}`, expr: memberOf(source, part, type) }));
  };
  return defineScalar({
    ...shared,
    compileColumns,
    compile: (args, call) => compileColumns(args, call)[0]?.expr ?? call.fail('type', `${name} needs a series`),
  });
}

function argumentSql(arg: Expr | undefined, type: ScriptFunction['parameters'][number]): string {
  if (!arg) return `NULL::${type}`;
  if (type === 'VARCHAR') return toText(arg);
  return convert(arg, type === 'DOUBLE' ? 'real' : type === 'BIGINT' ? 'long' : 'bool').sql;
}

function memberOf(source: string, part: string, type: ColumnType): Expr {
  const member = `(${source}->'$.${part}')`;
  if (type === 'dynamic') return { sql: member, type };
  return { sql: `${type === 'long' ? 'kql_dynamic_long' : 'kql_dynamic_real'}(${member})`, type };
}
