import { createEvaluator, type Evaluator } from './evaluate';

export type Expected = string | null;

/** A table of calls and what they give: one engine for all of them. */
export function checkCalls(family: string, cases: [kql: string, expected: Expected][]): void {
  describe(family, () => {
    let evaluator: Evaluator;
    beforeAll(async () => {
      evaluator = await createEvaluator();
    });
    afterAll(() => evaluator.close());
    test.each(cases)('%s → %s', async (kql, expected) => {
      expect(await evaluator.scalar(kql)).toBe(expected);
    });
  });
}
