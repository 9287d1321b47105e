import type { Expr } from '../expr';
import { convert } from './convert';
import { type CallSite, defineScalar, type ScalarFunction } from './define-function';

/** What to order windows by; fails where the rows have no order. */
export function orderOf(name: string, call: CallSite): string {
  if (call.rowOrder) return call.rowOrder;
  return call.fail('type', `${name}() needs rows in an order: put serialize or sort by in front of it`);
}

/** A value that is itself computed over a window must stand in an inner SELECT first. */
export function settled(value: Expr, call: CallSite): Expr {
  if (!/\bOVER \(/.test(value.sql)) return value;
  return call.stage
    ? call.stage(value)
    : call.fail('unsupported', 'a window function inside another is not supported here');
}

/** The value as a column of an inner SELECT. */
export function staged(value: Expr, call: CallSite): Expr {
  return call.stage ? call.stage(value) : call.fail('unsupported', 'a restart is not supported here');
}

/** PARTITION BY of the stretches that begin where `restart` is true. */
export function stretch(restart: Expr | undefined, order: string, call: CallSite): string {
  if (!restart || restart.constant?.value === false) return '';
  const begins = settled({ sql: convert(restart, 'bool').sql, type: 'bool' }, call);
  const number = staged(
    { sql: `sum(coalesce(${begins.sql}, false)::INTEGER) OVER (ORDER BY ${order})`, type: 'long' },
    call,
  );
  return `PARTITION BY ${number.sql} `;
}

function neighbour(name: 'prev' | 'next', sqlName: string): ScalarFunction {
  return defineScalar({
    name,
    arity: [1, 3],
    window: true,
    compile([value, offset, fallback], call) {
      if (!value) return call.fail('type', `${name} needs a column`);
      const order = orderOf(name, call);
      const inner = settled(value, call);
      const by = offset ? convert(offset, 'long').sql : '1';
      const missing = fallback ? convert(fallback, value.type).sql : value.type === 'string' ? "''" : 'NULL';
      return { sql: `${sqlName}(${inner.sql}, ${by}, ${missing}) OVER (ORDER BY ${order})`, type: value.type };
    },
  });
}

function changes(term: Expr, parts: string, order: string): string {
  return `coalesce(${term.sql} IS DISTINCT FROM lag(${term.sql}) OVER (${parts}ORDER BY ${order}) OR row_number() OVER (${parts}ORDER BY ${order}) = 1, true)`;
}

function compileDense([value, restart]: Expr[], call: CallSite): Expr {
  if (!value) return call.fail('type', 'row_rank_dense needs a column');
  const order = orderOf('row_rank_dense', call);
  const parts = stretch(restart, order, call);
  const changed = staged({ sql: changes(settled(value, call), parts, order), type: 'bool' }, call);
  return { sql: `sum(${changed.sql}::INTEGER) OVER (${parts}ORDER BY ${order})::BIGINT`, type: 'long' };
}

function compileMinimum([value, restart]: Expr[], call: CallSite): Expr {
  if (!value) return call.fail('type', 'row_rank_min needs a column');
  const order = orderOf('row_rank_min', call);
  const parts = stretch(restart, order, call);
  const inner = settled(value, call);
  const first = `CASE WHEN ${changes(inner, parts, order)} THEN row_number() OVER (${parts}ORDER BY ${order}) END`;
  const rank = staged({ sql: first, type: 'long' }, call);
  return { sql: `max(${rank.sql}) OVER (${parts}ORDER BY ${order})`, type: 'long' };
}

function compileSum([term, restart]: Expr[], call: CallSite): Expr {
  if (!term) return call.fail('type', 'row_cumsum needs a number');
  const order = orderOf('row_cumsum', call);
  const parts = stretch(restart, order, call);
  const sum = `coalesce(sum(${settled(term, call).sql}) OVER (${parts}ORDER BY ${order}), 0)`;
  if (term.type === 'real') return { sql: sum, type: 'real' };
  if (term.type === 'decimal') return { sql: `${sum}::DECIMAL(38,18)`, type: 'decimal' };
  return { sql: `${sum}::${term.type === 'int' ? 'INTEGER' : 'BIGINT'}`, type: term.type };
}

function compileNumber([start, restart]: Expr[], call: CallSite): Expr {
  const order = orderOf('row_number', call);
  const parts = stretch(restart, order, call);
  const first = start ? convert(start, 'long').sql : '1';
  return { sql: `(row_number() OVER (${parts}ORDER BY ${order}) - 1 + ${first})`, type: 'long' };
}

export const windowFunctions: ScalarFunction[] = [
  neighbour('prev', 'lag'),
  neighbour('next', 'lead'),
  defineScalar({ name: 'row_number', arity: [0, 2], window: true, compile: compileNumber }),
  defineScalar({ name: 'row_cumsum', arity: [1, 2], window: true, compile: compileSum }),
  defineScalar({ name: 'row_rank_dense', arity: [1, 2], window: true, compile: compileDense }),
  defineScalar({ name: 'row_rank_min', arity: [1, 2], window: true, compile: compileMinimum }),
];
