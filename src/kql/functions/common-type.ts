import type { ColumnType } from '../../ports/query-engine';
import type { Expr } from '../expr';
import { convert } from './convert';
import type { CallSite } from './define-function';

const widening: ColumnType[] = ['int', 'long', 'real', 'decimal'];

/** The type that `iff`, `case`, `coalesce`, `max_of` … give for arguments of several types: the widest number; dynamic gives way to any other. */
export function commonType(args: Expr[], call: CallSite): ColumnType {
  let common: ColumnType | undefined;
  for (const [index, { type }] of args.entries()) {
    if (type === 'dynamic' || type === common) continue;
    if (common === undefined) {
      common = type;
      continue;
    }
    const wider = Math.max(widening.indexOf(common), widening.indexOf(type));
    if (!widening.includes(common) || !widening.includes(type)) {
      return call.fail('type', `the values must be of one type, but there are ${common} and ${type}`, index);
    }
    common = widening[wider];
  }
  return common ?? 'dynamic';
}

/** All arguments converted to their common type. */
export function inCommonType(args: Expr[], call: CallSite): { type: ColumnType; values: string[] } {
  const type = commonType(args, call);
  return { type, values: args.map((arg) => convert(arg, type).sql) };
}
