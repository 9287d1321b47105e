import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { openFuzzEngine } from './fuzz-engine';
import { type FuzzReport, runFuzz } from './run-fuzz';

/** node -r ./test/swc-register.js test/kql/fuzz/fuzz-kql.ts --inputs 100000 --seed 1 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { inputs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const opened = await openFuzzEngine();
  try {
    const start = performance.now();
    let shown = 0;
    const report = await runFuzz({
      engine: opened.engine,
      inspect: opened.inspect,
      inputs: Number(values.inputs),
      seed: Number(values.seed),
      now: () => performance.now(),
      onProgress: (done, current) => {
        if (done % 2500 === 0) console.log(progress(done, start, current));
        for (const { message, input } of [...current.defects.values()].slice(shown))
          console.log(`DEFECT ${++shown}: ${message.slice(0, 400)}\n    ${JSON.stringify(input.slice(0, 1500))}`);
      },
    });
    console.log(summary(report));
    return report.defects.size === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
}

function progress(done: number, start: number, report: FuzzReport): string {
  const own = Math.round(process.memoryUsage().rss / 2 ** 20);
  const seconds = Math.round((performance.now() - start) / 1000);
  return `${done} inputs in ${seconds} s; defects ${report.defects.size}; memory ${own} MB, host ${hostMemory()}`;
}

/** Process ids and megabytes of the children: a new id means that a host died. */
function hostMemory(): string {
  const listed = execFileSync('ps', ['-o', 'pid=,rss=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , name]) => name !== undefined && name !== 'ps')
    .map(([pid, size]) => `${pid}: ${Math.round(Number(size) / 1024)} MB`)
    .join(', ');
}

function summary({ inputs, answered, refused, defects, slowest, bystanders }: FuzzReport): string {
  const found = [...defects].sort(([, a], [, b]) => b.count - a.count);
  return [
    `${inputs} inputs: ${answered} answered; refused: ${JSON.stringify(refused)}; without their host: ${bystanders}`,
    ...slowest.map((one) => `slow: ${Math.round(one.milliseconds)} ms ${JSON.stringify(one.input.slice(0, 200))}`),
    ...found.map(([group, { count }]) => `x${count}: ${group}`),
  ].join('\n');
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
