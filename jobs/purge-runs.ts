import { fileKey } from '../src/domain/stored-file';
import { change } from '../src/hunting/change';
import type { Log } from '../src/log';
import type { Clock } from '../src/ports/clock';
import type { Stores } from '../src/ports/stores';
import { defineJob } from './define-job';

const day = 86_400_000;

/** Past the end of every link to them. */
const pictureDays = 35;

/**
 * Clears away what is only kept for a while: the rows of old runs (bookmarks keep theirs), the reports of old imports, the records of old library runs, windows and replays of rules, files that were made for a thread (what people attached stays), pictures that no card asked for in five
 * weeks, and the ids of events handled over a day ago.
 */
export function createPurgeRunsJob(
  deps: {
    stores: Pick<
      Stores,
      'runs' | 'results' | 'seen' | 'pictures' | 'sweeps' | 'imports' | 'files' | 'ruleWindows' | 'ruleReplays'
    >;
    clock: Clock;
    log: Log;
  },
  options: { resultDays: number },
) {
  return defineJob({
    name: 'purge-runs',
    concurrency: 1,
    attempts: 3,
    async run() {
      const now = deps.clock.now();
      await deps.stores.seen.removeWhere({ at: { below: new Date(now.getTime() - day) } });
      await deps.stores.pictures.removeWhere({ drawnAt: { below: new Date(now.getTime() - pictureDays * day) } });
      const before = new Date(now.getTime() - options.resultDays * day);
      // What they counted stands on the queries; the latest says when, and over which time.
      const [latest] = await deps.stores.sweeps.find({ sort: [{ field: 'number', direction: 'down' }], limit: 1 });
      if (latest)
        await deps.stores.sweeps.removeWhere({ createdAt: { below: before }, number: { below: latest.number } });
      const imports = await deps.stores.imports.find({ where: { createdAt: { below: before } } });
      for (const job of imports) {
        if (job.purgedAt || job.state === 'running') continue;
        await deps.stores.results.removeRun(job.id);
        await change(deps.stores.imports, job.id, (current) => ({ ...current, purgedAt: now }));
      }
      await deps.stores.ruleWindows.removeWhere({ createdAt: { below: before } });
      await deps.stores.ruleReplays.removeWhere({ createdAt: { below: before } });
      for (;;) {
        const made = await deps.stores.files.find({
          where: { createdAt: { below: before }, kind: { is: 'made' } },
          limit: 50,
        });
        if (made.length === 0) break;
        for (const file of made) {
          await deps.stores.results.removeRun(fileKey(file.id).run);
          await deps.stores.files.remove(file.id);
        }
      }
      let purged = 0;
      for (;;) {
        const runs = await deps.stores.runs.find({
          where: { createdAt: { below: before }, purgedAt: { missing: true } },
          limit: 50,
        });
        if (runs.length === 0) break;
        for (const run of runs) {
          await deps.stores.results.removeRun(run.id);
          await change(deps.stores.runs, run.id, (current) => ({ ...current, purgedAt: now }));
          purged += 1;
        }
      }
      if (purged > 0) deps.log.info({ purged }, 'rows of old runs were cleared away');
    },
  });
}
