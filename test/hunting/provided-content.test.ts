import { contentChanged, withProvidedContent } from '../../src/hunting/provided-content';
import type { ProvidedContent, QueryEngine } from '../../src/ports/query-engine';
import { type Core, createCore } from '../support/core';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.close());
beforeEach(() => core.reset());

function recordingEngine(provide: (content: ProvidedContent) => Promise<void>): QueryEngine {
  return {
    name: 'duckdb',
    run: async () => ({ columns: [], rows: 0, truncated: false, notes: [] }),
    check: async () => [],
    tables: async () => [],
    provide,
    close: async () => undefined,
  };
}

async function storeParser(name: string): Promise<void> {
  const at = new Date('2026-11-24T00:00:00Z');
  const by = { platform: 'web' as const, tenant: 'local', id: 'ada', name: 'Ada' };
  const times = { installedBy: by, installedAt: at, updatedAt: at };
  const shared = { contentId: name, name, description: '', contentVersion: '1.0.0', contentHash: 'x', ...times };
  await core.stores.parsers.insert({ id: name, ...shared, functionName: name, parameters: '', body: 'T' });
  await contentChanged(core.stores);
}

const question = { text: 'T', asOf: new Date('2026-11-24T00:00:00Z') };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('every process hands the content over once, before the next query after a change', async () => {
  const given: string[][] = [];
  const note = async ({ functions }: ProvidedContent) => void given.push(functions.map((one) => one.name));
  const here = withProvidedContent(recordingEngine(note), { stores: core.stores, log });
  const there = withProvidedContent(recordingEngine(note), { stores: core.stores, log });
  await here.check(question);
  expect(given).toEqual([]);
  await storeParser('One');
  await Promise.all([here.check(question), here.check(question), there.check(question)]);
  expect(given).toEqual([['One'], ['One']]);
  await storeParser('Two');
  await here.check(question);
  await here.check(question);
  expect(given).toEqual([['One'], ['One'], ['One', 'Two']]);
});

test('where it fails the query runs all the same, it is logged, and the next query tries again', async () => {
  await storeParser('One');
  const logged: object[] = [];
  let tries = 0;
  const engine = recordingEngine(async () => {
    tries += 1;
    if (tries === 1) throw new Error('the engine is being started');
  });
  const loud = { ...log, error: (facts: object) => void logged.push(facts) };
  const wrapped = withProvidedContent(engine, { stores: core.stores, log: loud });
  expect(await wrapped.check(question)).toEqual([]);
  expect(logged).toHaveLength(1);
  await wrapped.check(question);
  await wrapped.check(question);
  expect(tries).toBe(2);
});
