import type { Context } from '../commands/context';
import type { HuntQuery } from '../domain/query';
import { ConflictError, UserError } from '../errors';
import { recordChange } from './record-change';

/** The library's queries by key, all of them or a UserError that names those that do not exist. */
export async function libraryQueries(ctx: Context, keys: string[]): Promise<HuntQuery[]> {
  if (keys.length === 0) return [];
  const found = await ctx.stores.queries.find({
    where: { id: { oneOf: keys }, deletedAt: { missing: true } },
    limit: keys.length,
  });
  const missing = keys.filter((key) => !found.some((query) => query.id === key));
  if (missing.length > 0)
    throw new UserError('not-found', `There is no query ${missing.join(', ')}.`, 'Type “queries” to see the library.', {
      queries: `There is no query ${missing.join(', ')}.`,
    });
  return keys.flatMap((key) => found.filter((query) => query.id === key));
}

/** Copies queries into a hunt: from then on each changes alone. What is there already is left as it is. */
export async function cloneInto(
  ctx: Context,
  hunt: string,
  queries: HuntQuery[],
): Promise<{ added: HuntQuery[]; there: HuntQuery[] }> {
  const added: HuntQuery[] = [];
  const there: HuntQuery[] = [];
  const held = await ctx.stores.queries.find({
    where: { id: { oneOf: queries.map((query) => cloneKey(hunt, query)) } },
    limit: queries.length,
  });
  for (const query of queries) {
    const id = cloneKey(hunt, query);
    if (held.some((one) => one.id === id && !one.deletedAt)) {
      there.push(query);
      continue;
    }
    const now = ctx.clock.now();
    const clone = {
      id,
      number: query.number,
      hunt,
      origin: 'clone' as const,
      source: query.id,
      name: query.name,
      description: query.description,
      text: query.text,
      tactics: query.tactics,
      techniques: query.techniques,
      dataTypes: query.dataTypes,
      entityMappings: query.entityMappings,
      createdBy: ctx.person,
      createdAt: now,
      updatedAt: now,
    };
    try {
      added.push(await ctx.stores.queries.insert(clone));
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      const existing = await ctx.stores.queries.get(id);
      if (existing?.deletedAt) added.push(await ctx.stores.queries.update({ ...clone, version: existing.version }));
      else there.push(query);
    }
  }
  const names = added.map((query) => `${query.id} ${query.name}`);
  const [only] = added;
  if (only && added.length === 1)
    await recordChange(ctx, { hunt, subject: only.id, what: 'added the query', after: only.name });
  if (added.length > 1)
    await recordChange(ctx, { hunt, what: `added ${added.length} queries`, after: names.join('\n') });
  return { added, there };
}

function cloneKey(hunt: string, query: HuntQuery): string {
  return `${hunt}/Q-${query.number}`;
}
