import type { RunQuery } from '../../src/domain/run';
import { change } from '../../src/hunting/change';
import { resultCard } from '../../src/views/result-card';
import { type Core, createCore } from '../support/core';

const idleEngine = {
  name: 'duckdb',
  run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
  check: async () => [],
  tables: async () => [],
  close: async () => undefined,
};

let core: Core;
beforeAll(async () => {
  core = await createCore({ engine: idleEngine });
});
afterAll(() => core.close());

test('a typed query that failed shows its line, and comes back in a form ready to be corrected', async () => {
  await core.say('kql --since 2d SigninLogs | wehre ResultType == "0"');
  const failed = await change(core.stores.runs, 'R-1', (run) => ({
    ...run,
    state: 'done' as const,
    queries: run.queries.map((query) => ({
      ...query,
      state: 'failed' as RunQuery['state'],
      error: { code: 'syntax', message: 'there is no operator wehre; did you mean where?', line: 1, column: 14 },
    })),
  }));
  if (!failed) throw new Error('the run is gone');
  const card = resultCard(failed, []);
  expect(card.blocks).toContainEqual({
    type: 'code',
    language: 'kql',
    text: `SigninLogs | wehre ResultType == "0"\n${' '.repeat(13)}^`,
  });
  const button = card.blocks
    .flatMap((block) => (block.type === 'actions' ? block.buttons : []))
    .find((one) => one.label === 'Correct it');
  if (!button || !('command' in button)) throw new Error('no button to correct it');

  const reply = await core.press(button.command, button.args);
  if (reply.kind !== 'form') throw new Error(`a ${reply.kind}, not a form`);
  const values = Object.fromEntries(reply.form.fields.map((one) => [one.name, one.value]));
  expect(values).toMatchObject({ kql: 'SigninLogs | wehre ResultType == "0"', since: '48h' });

  await core.submit('kql', { kql: 'SigninLogs | where ResultType == "0"', since: '48h' }, reply.form.args);
  expect((await core.stores.runs.get('R-2'))?.queries[0]?.text).toBe('SigninLogs | where ResultType == "0"');
});
