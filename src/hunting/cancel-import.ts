import type { Reply } from '../chat/reply';
import type { Context } from '../commands/context';
import { importJobId } from '../domain/content-import';
import { UserError } from '../errors';
import { importCard } from '../views/import-card';
import { change } from './change';

/** Stops an import in whatever process it runs; what was written stays, and its result says so. */
export async function cancelImport(ctx: Context, key: string): Promise<Reply> {
  if (!ctx.may('lead')) throw new UserError('not-allowed', 'Only leads cancel an import.');
  const job = await ctx.stores.imports.get(key);
  if (!job) throw new UserError('not-found', `There is no import ${key}.`);
  if (job.state !== 'running') throw new UserError('bad-input', `${key} is over already.`);
  const changed = await change(ctx.stores.imports, key, (current) =>
    current.state === 'running' ? { ...current, cancelledBy: ctx.person } : null,
  );
  await ctx.queue.cancel('import-content', importJobId(key));
  // It waited, and nobody holds it any more: whoever takes this one finds it cancelled and says so.
  if ((await ctx.queue.state('import-content', importJobId(key))) !== 'running')
    await ctx.queue.add('import-content', { import: key }, { id: `${importJobId(key)}.cancelled` });
  return changed ? { kind: 'replace', card: importCard(changed, ctx.clock.now()) } : { kind: 'nothing' };
}
