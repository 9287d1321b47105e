import type { Expr } from '../expr';
import { convert } from './convert';

/** The FILTER clause of SQL's aggregates: rows where every condition holds. Empty without conditions. */
export function filterOf(...conditions: (string | undefined)[]): string {
  const some = conditions.filter((condition) => condition !== undefined);
  return some.length === 0 ? '' : ` FILTER (WHERE ${some.join(' AND ')})`;
}

export function predicateOf(value: Expr | undefined): string | undefined {
  return value && convert(value, 'bool').sql;
}
