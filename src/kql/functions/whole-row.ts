import type { NamedExpr } from '../expr';
import { toJson } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';
import { bagPrelude } from './dynamic-bag';
import { quoteText } from './quote-text';

function columnsOf(name: string, call: CallSite): NamedExpr[] {
  return call.columns ?? call.fail('unsupported', `${name}() is not supported here`);
}

/** SQL of a bag of the columns under their names; needs `bagPrelude`. */
export function bagOf(columns: NamedExpr[]): string {
  const keys = columns.map(({ name }) => quoteText(name));
  const values = columns.map(({ expr }) => `(${toJson(expr)})::JSON`);
  return `kql_bag([${keys.join(', ')}]::VARCHAR[], [${values.join(', ')}]::JSON[])`;
}

export const wholeRowFunctions: ScalarFunction[] = [
  defineScalar({
    name: 'pack_all',
    arity: [0, 1],
    prelude: bagPrelude,
    compile([ignoreEmpty], call) {
      const columns = columnsOf('pack_all', call);
      if (ignoreEmpty?.constant?.value !== true) return { sql: bagOf(columns), type: 'dynamic' };
      const present = columns.map(({ name, expr }) => {
        const isEmpty = expr.type === 'string' ? `${expr.sql} = ''` : `${expr.sql} IS NULL`;
        return `{'k': ${quoteText(name)}, 'v': (${toJson(expr)})::JSON, 'empty': ${isEmpty}}`;
      });
      const kept = `list_filter([${present.join(', ')}], lambda kql_c: NOT kql_c.empty)`;
      return {
        sql: `kql_bag(list_transform(${kept}, lambda kql_c: kql_c.k), list_transform(${kept}, lambda kql_c: kql_c.v))`,
        type: 'dynamic',
      };
    },
  }),
  defineScalar({
    name: 'bag_pack_columns',
    arity: [1, 64],
    prelude: bagPrelude,
    compile(args, call) {
      const columns = args.map((expr, index) => {
        const name = call.columnNames?.[index];
        return { name: name ?? call.fail('type', 'bag_pack_columns takes plain columns', index), expr };
      });
      return { sql: bagOf(columns), type: 'dynamic' };
    },
  }),
  defineScalar({
    name: 'ingestion_time',
    arity: [0, 0],
    difference:
      'the time column of the table (TimeGenerated or Timestamp): files on disk do not say when they were ingested',
    compile(_args, call) {
      const time = columnsOf('ingestion_time', call).find(
        ({ name, expr }) => expr.type === 'datetime' && (name === 'TimeGenerated' || name === 'Timestamp'),
      );
      if (!time)
        return call.fail('unsupported', 'ingestion_time() needs a table with a column TimeGenerated or Timestamp');
      call.note(`ingestion_time() is taken to be ${time.name}: these logs do not say when they were ingested.`);
      return { sql: time.expr.sql, type: 'datetime' };
    },
  }),
];
