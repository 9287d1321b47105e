import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { isSettled, queryJobId, resultJobId } from '../../domain/run';
import { UserError } from '../../errors';
import { cancelImport } from '../../hunting/cancel-import';
import { cancelSweep } from '../../hunting/cancel-sweep';
import { change } from '../../hunting/change';
import { findRun } from '../../hunting/find-run';
import { noteLastRun } from '../../hunting/note-last-run';
import { recordChange } from '../../hunting/record-change';
import { runCard } from '../../views/run-card';

export const cancelRun = defineCommand({
  name: 'cancel',
  summary: 'Stops a run, a run of the library, or an import',
  formTitle: 'Cancel a run',
  submit: 'Cancel the run',
  permission: 'hunt',
  example: 'cancel R-1',
  input: { run: field.keyOf(['run', 'sweep', 'import']) },
  positional: ['run'],
  async run(ctx, input) {
    if (input.run.startsWith('M-')) return cancelImport(ctx, input.run);
    if (input.run.startsWith('S-')) return cancelSweep(ctx, input.run);
    const run = await findRun(ctx, input.run);
    if (isSettled(run)) throw new UserError('bad-input', `${run.id} is over already.`);
    const now = ctx.clock.now();
    const changed = await change(ctx.stores.runs, run.id, (current) => {
      if (isSettled(current)) return null;
      const queries = current.queries.map((query) =>
        query.state === 'waiting' ? { ...query, state: 'cancelled' as const, finishedAt: now } : query,
      );
      const next = { ...current, queries, cancelledBy: ctx.person };
      return isSettled(next)
        ? { ...next, state: 'cancelled' as const, finishedAt: now }
        : { ...next, state: 'cancelling' as const };
    });
    if (run.hunt)
      await recordChange(ctx, { hunt: run.hunt, subject: run.id, what: 'cancelled the run', before: run.state });
    for (const query of run.queries) await ctx.queue.cancel('run-query', queryJobId(run.id, query.id));
    for (const query of changed?.queries ?? []) {
      if (query.state !== 'running') continue;
      const id = queryJobId(run.id, query.id);
      if ((await ctx.queue.state('run-query', id)) === 'running') continue;
      // It waited for its next try, and nobody holds it any more: whoever takes this one finds the run cancelled and says so.
      await ctx.queue.add('run-query', { run: run.id, query: query.id }, { id: `${id}.cancelled` });
    }
    if (changed && isSettled(changed)) {
      await noteLastRun(ctx.stores, changed, now);
      await ctx.queue.add('deliver-card', { run: run.id, what: 'result' }, { id: resultJobId(run.id) });
      await ctx.queue.add(
        'deliver-card',
        { run: run.id, what: 'progress' },
        { dropWhileWaiting: `${run.id}.progress` },
      );
    }
    return changed ? { kind: 'replace', card: runCard(changed, now) } : { kind: 'nothing' };
  },
});
