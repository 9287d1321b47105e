import { type FuzzEngine, openFuzzEngine } from './fuzz-engine';
import { runFuzz } from './run-fuzz';

let opened: FuzzEngine;
beforeAll(async () => {
  opened = await openFuzzEngine();
});
afterAll(() => opened.close());

/** TALBOT_TEST_FUZZ asks for more of them; `fuzz-kql.ts` beside this file runs as many as one likes. */
const inputs = Number(process.env.TALBOT_TEST_FUZZ ?? 700);

test('broken and generated queries end in an answer or a named refusal, and their SQL reads log tables alone', async () => {
  const { engine, inspect } = opened;
  const report = await runFuzz({ engine, inspect, inputs, seed: 4, now: () => performance.now() });
  expect(report.inputs).toBe(inputs);
  expect(Object.fromEntries(report.defects)).toEqual({});
  expect(report.answered).toBeGreaterThan(inputs / 8);
}, 600_000);
