async function stopTestServers(): Promise<void> {
  await globalThis.talbotTestServers?.stop();
}

module.exports = stopTestServers;
