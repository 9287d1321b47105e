import type { Context } from '../commands/context';
import type { Sweep } from '../domain/sweep';
import { UserError } from '../errors';

const advice = 'Type “run-all” to count what the library finds.';

/** A run of the library by key; a UserError where there is none. */
export async function findSweep(ctx: Context, key: string): Promise<Sweep> {
  const sweep = await ctx.stores.sweeps.get(key);
  if (!sweep) throw new UserError('not-found', `There is no library run ${key}.`, advice);
  return sweep;
}

/** The latest run of the library; a UserError where it never ran. */
export async function latestSweep(ctx: Context): Promise<Sweep> {
  const [sweep] = await ctx.stores.sweeps.find({ sort: [{ field: 'number', direction: 'down' }], limit: 1 });
  if (!sweep) throw new UserError('not-found', 'The library was never run as a whole.', advice);
  return sweep;
}
