import type { Context } from '../commands/context';
import type { Entity } from '../domain/entity';
import { recogniseIndicator } from '../domain/recognise-indicator';
import { pivotsOf } from './entity-pivots';

export interface EntityPage {
  entity: Entity;
  bookmarks: { id: string; name: string; hunt: string; rows: number; at: Date | undefined }[];
  incidents: string[];
  indicators: string[];
  /** Others of the same name and type that rows do not tie to it. */
  namesakes: Entity[];
  merged: Entity[];
  /** Which questions the logs here can answer about it. */
  pivots: { key: string; label: string }[];
}

const mostBookmarks = 500;

/** Everything that is known of an entity. */
export async function entityPage(
  ctx: Pick<Context, 'stores' | 'engines' | 'log'>,
  entity: Entity,
): Promise<EntityPage> {
  const [kept, namesakes, merged, indicators, pivots] = await Promise.all([
    Promise.all(entity.bookmarks.slice(-mostBookmarks).map((key) => ctx.stores.bookmarks.get(key))),
    ctx.stores.entities.find({
      where: { name: { is: entity.name }, type: { is: entity.type }, mergedInto: { missing: true } },
      limit: 10,
    }),
    ctx.stores.entities.find({ where: { mergedInto: { is: entity.id } }, limit: 20 }),
    indicatorsOf(ctx, entity),
    pivotsOf(ctx, entity),
  ]);
  const bookmarks = kept.flatMap((one) =>
    one && !one.deletedAt
      ? [{ id: one.id, name: one.name, hunt: one.hunt, rows: one.rows.length, at: one.eventTime }]
      : [],
  );
  const incidents = [...new Set(kept.flatMap((one) => one?.incidents ?? []))];
  return {
    entity,
    bookmarks,
    incidents,
    indicators,
    namesakes: namesakes.filter((one) => one.id !== entity.id),
    merged,
    pivots: pivots.map(({ key, label }) => ({ key, label })),
  };
}

async function indicatorsOf(ctx: Pick<Context, 'stores'>, entity: Entity): Promise<string[]> {
  const keys = [entity.name, ...entity.identifiers.map((one) => one.value)].flatMap((text) => {
    const read = recogniseIndicator(text);
    return 'fault' in read ? [] : [`${read.kind}|${read.value}`];
  });
  if (keys.length === 0) return [];
  const found = await ctx.stores.indicators.find({ where: { key: { oneOf: [...new Set(keys)] } }, limit: 20 });
  return found.map((one) => one.id);
}
