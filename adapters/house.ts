import { createDeliverCardJob } from '../jobs/deliver-card';
import { createDeliverImportJob } from '../jobs/deliver-import';
import { createDeliverReplayJob } from '../jobs/deliver-replay';
import { createDeliverRuleJob } from '../jobs/deliver-rule';
import { createDeliverSweepJob } from '../jobs/deliver-sweep';
import { createDueRulesJob } from '../jobs/due-rules';
import { createExpireApprovalsJob } from '../jobs/expire-approvals';
import { createFeedSweepJob } from '../jobs/feed-sweep';
import { createImportContentJob } from '../jobs/import-content';
import { createMirrorCommentJob } from '../jobs/mirror-comment';
import { createPurgeRunsJob } from '../jobs/purge-runs';
import { createRefreshHuntJob } from '../jobs/refresh-hunt';
import { createRefreshIncidentJob } from '../jobs/refresh-incident';
import { createReplayRuleJob } from '../jobs/replay-rule';
import { resumeImports } from '../jobs/resume-imports';
import { keepResuming } from '../jobs/resume-lost';
import { resumeRuns } from '../jobs/resume-runs';
import { resumeSweeps } from '../jobs/resume-sweeps';
import { createRunPlaybookJob } from '../jobs/run-playbook';
import { createRunQueryJob } from '../jobs/run-query';
import { createRunRuleJob } from '../jobs/run-rule';
import { createSweepQueryJob } from '../jobs/sweep-query';
import { createWorker, type JobWorker } from '../jobs/worker';
import type { Services } from '../src/commands/context';
import { type Config, readSecret } from '../src/config';
import { createTableFiles } from '../src/engines/duckdb/table-files';
import { withProvidedContent } from '../src/hunting/provided-content';
import { rebuildEntities } from '../src/hunting/rebuild-entities';
import type { Log } from '../src/log';
import type { ChatPlatforms } from '../src/ports/chat-platform';
import type { Clock } from '../src/ports/clock';
import type { QueryEngine } from '../src/ports/query-engine';
import type { Stores } from '../src/ports/stores';
import type { Carriers } from './parts';
import { createPictures, type DrawnPictures } from './pictures';
import { createPlaybooks } from './playbooks/call-playbook';
import { readPlaybooks } from './playbooks/read-playbooks';
import { createSignedLinks, type SignedLinks } from './signed-links';
import { signingKey } from './signing-key';
import { systemClock } from './system-clock';

export interface House {
  services: Services;
  links: SignedLinks;
  /** To be closed when nothing draws any more. */
  pictures: DrawnPictures;
}

/** Everything that operations reach, out of the parts that were opened. */
export async function furnish(options: {
  config: Config;
  log: Log;
  carriers: Carriers;
  /** By name; the first is the default. */
  engines: ReadonlyMap<string, QueryEngine>;
  queryClock: Clock;
  chats: ChatPlatforms;
  publicUrl: () => string;
}): Promise<House> {
  const { config, log, carriers, engines, queryClock, chats, publicUrl } = options;
  const links = createSignedLinks({ key: await signingKey(carriers.stores), publicUrl, clock: systemClock });
  const pictures = createPictures({ stores: carriers.stores, links, clock: systemClock });
  return {
    links,
    pictures,
    services: {
      stores: carriers.stores,
      queue: carriers.queue,
      engines: new Map(
        [...engines].map(([name, one]) => [name, withProvidedContent(one, { stores: carriers.stores, log })]),
      ),
      chats,
      clock: systemClock,
      queryClock,
      links,
      pictures,
      log,
      ...(config.TALBOT_ATTACK === undefined ? {} : { attackFile: config.TALBOT_ATTACK }),
      playbooks: config.TALBOT_PLAYBOOKS
        ? createPlaybooks(readPlaybooks(config.TALBOT_PLAYBOOKS, readSecret))
        : undefined,
      tableFiles: createTableFiles(),
      ruleApproval: config.TALBOT_RULE_APPROVAL,
      contentFolder: config.TALBOT_CONTENT,
      limits: { resultRows: config.TALBOT_RESULT_ROWS, queryMilliseconds: config.TALBOT_QUERY_MINUTES * 60_000 },
    },
  };
}

/** Starts the worker, lets what an earlier process left go on, and sets the daily clearing. */
export async function startWorking(config: Config, carriers: Carriers, services: Services): Promise<JobWorker> {
  const { log } = services;
  const deps = { ...services, stores: carriers.stores as Stores };
  const worker = await createWorker(carriers.backend, {
    jobs: [
      createRunQueryJob(deps, { concurrency: config.TALBOT_QUERIES_AT_ONCE }),
      // Half of them at most: a person who waits for a query comes first.
      createSweepQueryJob(deps, { concurrency: Math.max(1, Math.floor(config.TALBOT_QUERIES_AT_ONCE / 2)) }),
      createFeedSweepJob(deps),
      createDeliverCardJob(deps),
      createDeliverSweepJob(deps),
      createImportContentJob(deps),
      createDeliverImportJob(deps),
      createMirrorCommentJob(deps),
      createRefreshIncidentJob({ stores: carriers.stores, chats: services.chats, log }),
      createRefreshHuntJob({ stores: carriers.stores, chats: services.chats, log }),
      createDueRulesJob(deps),
      createRunRuleJob(deps, { concurrency: Math.max(1, Math.floor(config.TALBOT_QUERIES_AT_ONCE / 2)) }),
      createDeliverRuleJob(deps),
      createReplayRuleJob(deps),
      createRunPlaybookJob(deps),
      createDeliverReplayJob(deps),
      createExpireApprovalsJob(deps),
      createPurgeRunsJob(deps, { resultDays: config.TALBOT_RESULT_DAYS }),
    ],
    log,
  });
  await rebuildEntities(deps);
  await resumeRuns(deps);
  await resumeSweeps(deps, 'all');
  await resumeImports(deps);
  const stopResuming = keepResuming(deps);
  await carriers.queue.schedule('due-rules', { pattern: '* * * * *', timeZone: 'UTC' }, 'due-rules', {});
  await carriers.queue.schedule(
    'expire-approvals',
    { pattern: '*/5 * * * *', timeZone: 'UTC' },
    'expire-approvals',
    {},
  );
  await carriers.queue.schedule('purge-runs', { pattern: '17 3 * * *', timeZone: 'UTC' }, 'purge-runs', {});
  return {
    ...worker,
    async close() {
      stopResuming();
      await worker.close();
    },
  };
}
