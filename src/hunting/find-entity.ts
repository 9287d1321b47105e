import type { Context } from '../commands/context';
import type { Entity } from '../domain/entity';
import { UserError } from '../errors';

/** The entity of a key; of one that was merged, the one it was merged into. */
export async function findEntity(ctx: Pick<Context, 'stores'>, key: string): Promise<Entity> {
  let entity = await ctx.stores.entities.get(key);
  for (let round = 0; entity?.mergedInto && round < 10; round++)
    entity = await ctx.stores.entities.get(entity.mergedInto);
  if (!entity) throw new UserError('not-found', `There is no entity ${key}.`, 'Type “entities” to see them.');
  return entity;
}
