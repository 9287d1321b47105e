import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSolution, type SolutionContent } from '../../src/content/read-solution';
import { generateSampleLogs } from '../../src/content/sample-logs/generate-sample-logs';
import { day } from '../../src/content/sample-logs/row';
import { rangeBefore } from '../../src/domain/time-range';
import { createDuckdbEngine } from '../../src/engines/duckdb/engine';
import type { Cell, ProvidedContent, QueryEngine } from '../../src/ports/query-engine';

const now = new Date('2026-11-24T15:30:00Z');
export const solutionsFolder = path.join(__dirname, '../../src/content/solutions');

export type FoundRow = Record<string, Cell | undefined>;

function contentOf(solutions: readonly SolutionContent[]): ProvidedContent {
  return {
    functions: solutions.flatMap((one) =>
      one.parsers.map(({ functionName, parameters, body }) => ({ name: functionName, parameters, body })),
    ),
    watchlists: solutions.flatMap((one) =>
      one.watchlists.map(({ alias, searchKey, columns, rows }) => ({
        alias,
        searchKey,
        columns,
        rows,
        updatedAt: now,
      })),
    ),
  };
}

export async function provideTo(engine: QueryEngine, solutions: readonly SolutionContent[]): Promise<void> {
  if (!engine.provide) throw new Error('this engine takes no parsers or watchlists');
  await engine.provide(contentOf(solutions));
}

/** Ten days of sample logs in the embedded engine, with the parsers and watchlists of these solutions. */
export async function openSampleWithSolutions(slugs: readonly string[]) {
  const solutions = slugs.map((slug) => readSolution(path.join(solutionsFolder, slug)));
  const folder = await mkdtemp(path.join(tmpdir(), 'talbot-solutions-'));
  await generateSampleLogs(path.join(folder, 'logs'), { now, days: 10 });
  const engine = await createDuckdbEngine({
    logs: path.join(folder, 'logs'),
    dataFolder: path.join(folder, 'data'),
    clock: { now: () => now },
  });
  await provideTo(engine, solutions);
  return {
    solutions,
    /** Rows over the last seven days. */
    async hunt(text: string): Promise<FoundRow[]> {
      const found: FoundRow[] = [];
      const limits = { rows: 1_000, milliseconds: 60_000 };
      await engine.run({ text, asOf: now, range: rangeBefore(now, 7 * day), limits }, async ({ columns, rows }) => {
        for (const row of rows)
          found.push(Object.fromEntries(columns.map((column, index) => [column.name, row[index]])));
      });
      return found;
    },
    async close(): Promise<void> {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}
