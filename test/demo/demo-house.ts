import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type House as Furnished, furnish, startWorking } from '../../adapters/house';
import { createHttpServer } from '../../adapters/http';
import { openCarriers, openEngines } from '../../adapters/parts';
import { createRoleOf } from '../../adapters/role-of';
import { serveFiles } from '../../adapters/serve-files';
import { createSlackAdapter } from '../../adapters/slack/app';
import { systemClock } from '../../adapters/system-clock';
import { createTeamsAdapter } from '../../adapters/teams/app';
import { createDispatcher } from '../../src/commands/dispatch';
import type { Dispatcher } from '../../src/commands/dispatcher';
import { createRegistry } from '../../src/commands/registry';
import { readConfig } from '../../src/config';
import { builtInQueries } from '../../src/content/built-in';
import { generateSampleLogs } from '../../src/content/sample-logs/generate-sample-logs';
import { seedLibrary } from '../../src/hunting/seed-library';
import { createLog } from '../../src/log';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/start-fake-slack';
import { type FakeTeams, startFakeTeams } from '../fakes/teams/fake-teams';
import type { Transcript } from './transcript';

export interface DemoHouse {
  slack: FakeSlack;
  teams: FakeTeams;
  close(): Promise<void>;
}

/** The whole of Talbot in one process, on a folder that is thrown away, between a Slack and a Teams of its own on loopback. */
export async function openDemoHouse(transcript: Transcript, say: (text: string) => void): Promise<DemoHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'talbot-demo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [slack, teams] = await Promise.all([startFakeSlack(), startFakeTeams()]);
  const end = systemClock.now();
  const logs = join(folder, 'logs');
  say('Writing ten days of sample logs …');
  await generateSampleLogs(logs, { now: end, days: 10 });
  // Of the environment nothing: a configured installation has nothing to do with this.
  const config = readConfig({ TALBOT_DATA: folder, TALBOT_LOGS: logs, TALBOT_NOW: end.toISOString() });
  const log = createLog('warn');
  say('Reading them …');
  const [carriers, opened] = await Promise.all([
    openCarriers(config, log),
    openEngines(config, systemClock, () => undefined),
  ]);
  const http = createHttpServer();
  let dispatcher: Dispatcher | undefined;
  let furnished: Furnished | undefined;
  const deps = {
    dispatcher: () => {
      if (!dispatcher) throw new Error('not open yet');
      return dispatcher;
    },
    clock: systemClock,
    log,
    pictures: () => {
      if (!furnished) throw new Error('not open yet');
      return furnished.pictures.files;
    },
  };
  const adapters = [
    createSlackAdapter({ ...deps, settings: slack.settings('http') }),
    createTeamsAdapter({ ...deps, settings: teams.settings() }),
  ];
  let url = '';
  furnished = await furnish({
    config,
    log,
    carriers,
    engines: opened.engines,
    queryClock: opened.queryClock,
    chats: new Map(adapters.map(({ platform }) => [platform.platform, transcript.watchChat(platform)])),
    publicUrl: () => url,
  });
  const { services, links, pictures } = furnished;
  await seedLibrary(carriers.stores, systemClock, builtInQueries());
  const roleOf = createRoleOf({ stores: carriers.stores, admins: [], defaultRole: 'admin' });
  dispatcher = transcript.watchDispatcher(createDispatcher({ ...services, registry: createRegistry(), roleOf }));
  serveFiles(http.app, { ...services, links });
  for (const adapter of adapters) adapter.mount(http.app);
  url = `http://127.0.0.1:${await http.listen(0, '127.0.0.1')}`;
  slack.connect(`${url}/slack/events`);
  teams.connect(`${url}/api/messages`);
  for (const adapter of adapters) await adapter.start();
  const worker = await startWorking(config, carriers, services);
  return {
    slack,
    teams,
    async close() {
      for (const adapter of adapters) await adapter.stop();
      await http.close();
      await worker.close();
      await pictures.close();
      await opened.close();
      await carriers.close();
      await Promise.all([slack.stop(), teams.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
