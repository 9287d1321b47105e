import type { Context } from '../commands/context';
import type { QueryCheck } from '../domain/query';
import { change } from './change';
import { checkQuery, queryFault } from './check-query';

/** A literal of each type, for a parameter that has no default. */
const samples: Record<string, string> = {
  string: '""',
  datetime: 'datetime(2026-01-01)',
  timespan: '1h',
  bool: 'false',
  dynamic: 'dynamic(null)',
  guid: 'guid(00000000-0000-0000-0000-000000000000)',
};

type CheckDeps = Pick<Context, 'stores' | 'engines' | 'clock' | 'queryClock'>;

/** Lets the default engine look at all that a solution brought, and keeps what it said. */
export async function checkContent(ctx: CheckDeps, slug: string): Promise<void> {
  const { stores } = ctx;
  const own = { where: { solution: { is: slug } }, limit: 10_000 };
  for (const parser of await stores.parsers.find(own)) {
    const call = callOf(parser.functionName, parser.parameters);
    const check = await look(ctx, call ?? '');
    if (call) await change(stores.parsers, parser.id, (current) => ({ ...current, check }));
  }
  for (const rule of await stores.ruleTemplates.find(own)) {
    const check = await look(ctx, rule.text);
    await change(stores.ruleTemplates, rule.id, (current) => ({ ...current, check }));
  }
  const library = { ...own.where, hunt: { missing: true as const }, deletedAt: { missing: true as const } };
  for (const query of await stores.queries.find({ where: library, limit: 10_000 })) {
    const check = await look(ctx, query.text);
    await change(stores.queries, query.id, (current) => ({ ...current, check }));
  }
}

async function look(ctx: CheckDeps, text: string): Promise<QueryCheck> {
  const fault = await checkQuery(ctx, text);
  const at = ctx.clock.now();
  return fault ? { at, ok: false, code: fault.code, message: queryFault(fault) } : { at, ok: true };
}

/** A call with a value for every parameter that needs one; null where one takes a table, for which there is no sample. */
function callOf(name: string, parameters: string): string | null {
  const values: string[] = [];
  for (const one of splitParameters(parameters)) {
    if (one.includes('=')) break;
    const type = /^[^:]+:\s*(\(|\w+)/.exec(one)?.[1]?.toLowerCase() ?? '';
    if (type === '(') return null;
    values.push(samples[type] ?? '0');
  }
  return parameters.trim() === '' ? name : `${name}(${values.join(', ')})`;
}

/** At commas outside of parentheses and quotes. */
function splitParameters(parameters: string): string[] {
  const parts = parameters.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()]|\([^()]*\))*\)|[^,"'(])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
