import { type StartedServers, startServers } from './servers';

declare global {
  var talbotTestServers: StartedServers | undefined;
}

/** Jest takes a default export only; it is made below. */
async function startTestServers(): Promise<void> {
  globalThis.talbotTestServers = await startServers();
  process.env.TALBOT_TEST_SERVERS = JSON.stringify(globalThis.talbotTestServers.servers);
}

module.exports = startTestServers;
