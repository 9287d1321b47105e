import { type QueryEngine, QueryError, type TableInfo } from '../../../src/ports/query-engine';
import { createRandom } from '../interpreter/random';
import { type CallSignature, callSignatures } from './call-signatures';
import { mutateQuery, randomGarbage } from './mutate-query';
import { randomQuery } from './random-query';
import { seedQueries } from './seed-queries';

interface Defect {
  count: number;
  input: string;
  message: string;
}

export interface FuzzReport {
  inputs: number;
  answered: number;
  /** How many inputs were refused with each code. */
  refused: Record<string, number>;
  /** Failures that are defects, by what they say without its particulars, each with the first input that met it. */
  defects: Map<string, Defect>;
  /** Inputs that took longest, slowest first. */
  slowest: { milliseconds: number; input: string }[];
  /** Inputs that lost their host to another one, which took more time or memory than it may. */
  bystanders: number;
}

export interface FuzzOptions {
  engine: QueryEngine;
  inputs: number;
  seed: number;
  /** Sees every fourth input before it runs; a text is a defect. */
  inspect?: (input: string) => Promise<string | undefined>;
  onProgress?: (done: number, report: FuzzReport) => void;
  now: () => number;
}

const milliseconds = 1500;
/** Past its own limit a query may still take as long to stop as the engine has patience. */
const hungMilliseconds = milliseconds + 30_000;
const asOf = new Date('2024-01-03T00:00:00Z');

/** The input of one number: the same for the same seed, whatever comes before it. */
export function fuzzInput(
  seed: number,
  number: number,
  tables: readonly TableInfo[],
  calls: readonly CallSignature[],
): string {
  const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const roll = random.below(100);
  if (roll < 10) return randomGarbage(random, seedQueries);
  if (roll < 45) return mutateQuery(random, random.pick(seedQueries), seedQueries);
  const made = randomQuery(random, tables, calls);
  return roll < 95 ? made : mutateQuery(random, made, seedQueries);
}

/** Runs inputs until there are enough, three at once, and tells what became of them. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { engine, inputs, seed } = options;
  const tables = await engine.tables();
  const calls = callSignatures();
  const defects = new Map<string, Defect>();
  const report: FuzzReport = { inputs: 0, answered: 0, refused: {}, defects, slowest: [], bystanders: 0 };
  let next = 0;
  const work = async () => {
    for (let number = next++; number < inputs; number = next++) {
      const input = fuzzInput(seed, number, tables, calls);
      const start = options.now();
      await giveUpOn(tryInput(input, number % 4 === 0, options, report), () =>
        addDefect(report, 'an input never ended', input),
      );
      noteTime(report, { milliseconds: options.now() - start, input });
      report.inputs++;
      options.onProgress?.(report.inputs, report);
    }
  };
  await Promise.all([work(), work(), work()]);
  return report;
}

async function tryInput(
  input: string,
  look: boolean,
  { engine, inspect }: FuzzOptions,
  report: FuzzReport,
): Promise<void> {
  try {
    const found = look ? await inspect?.(input) : undefined;
    if (found !== undefined) addDefect(report, found, input);
    await engine.run({ text: input, asOf, limits: { rows: 200, milliseconds } }, async () => undefined);
    report.answered++;
  } catch (error) {
    if (!(error instanceof QueryError)) addDefect(report, `no QueryError: ${String(error)}`, input);
    else {
      report.refused[error.code] = (report.refused[error.code] ?? 0) + 1;
      if (/took more memory( or time)? than/.test(error.message)) report.bystanders++;
      else if (error.code === 'internal') addDefect(report, error.message, input);
    }
  }
}

/** An input that never ends must not keep the fuzzer from telling. */
async function giveUpOn(trial: Promise<void>, late: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      late();
      resolve();
    }, hungMilliseconds);
  });
  await Promise.race([trial, patience]);
  clearTimeout(timer);
}

function addDefect(report: FuzzReport, message: string, input: string): void {
  const group = message
    .replace(/"(?:[^"]|"")*"|'[^']*'/g, '…')
    .replace(/-?\d[\d.e+]*/g, 'N')
    .slice(0, 160);
  const known = report.defects.get(group);
  if (known) known.count++;
  else report.defects.set(group, { count: 1, input, message });
}

function noteTime(report: FuzzReport, time: { milliseconds: number; input: string }): void {
  report.slowest.push(time);
  report.slowest.sort((a, b) => b.milliseconds - a.milliseconds);
  report.slowest.length = Math.min(report.slowest.length, 10);
}
