import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type Config, readConfig } from '../../src/config';
import { createDuckdbEngine, type DuckdbEngine } from '../../src/engines/duckdb/engine';
import { sampleLogs } from '../first-start';
import { systemClock } from '../system-clock';
import { printable, rowsToCsv, rowsToTable } from './format-rows';
import { type KqlOptions, readKqlOptions, UsageError, usage } from './kql-options';
import { collect, errorOf, runBatch } from './run-batch';
import { readSchema } from './schema-file';

/** As many rows as Kusto itself gives at most. */
const mostRows = 500_000;

/** Exit codes: 0 answered, 1 the query failed, 2 the command line, a setting or the log folder is wrong. */
async function main(words: string[]): Promise<number> {
  const options = readKqlOptions(words);
  if (options.help) {
    await print(`${usage}\n`);
    return 0;
  }
  const config = readConfig();
  const { engine, sampleEnd } = await openEngine(options, config);
  const asOf = options.asOf ?? config.TALBOT_NOW ?? sampleEnd ?? systemClock.now();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  try {
    if (options.batch !== undefined) {
      const limits = { rows: mostRows, milliseconds: options.seconds * 1000 };
      await runBatch(options.batch, engine, { asOf, check: options.check, ...limits }, (answer) =>
        print(`${JSON.stringify(answer)}\n`),
      );
      return 0;
    }
    const query = options.query === '-' ? await text(process.stdin) : (options.query ?? '');
    return await answerOne(engine, query, asOf, options, stop.signal);
  } finally {
    await engine.close();
  }
}

async function answerOne(
  engine: DuckdbEngine,
  query: string,
  asOf: Date,
  options: KqlOptions,
  signal: AbortSignal,
): Promise<number> {
  try {
    if (options.explain) {
      await print(`${await engine.explain({ text: query, asOf })}\n`);
      return 0;
    }
    const notes: string[] = [];
    const answer = options.check
      ? { columns: await engine.check({ text: query, asOf }, (note) => notes.push(note)), rows: [], notes }
      : await collect(engine, query, { asOf, rows: mostRows, milliseconds: options.seconds * 1000 }, signal);
    if (options.format === 'json') await print(`${JSON.stringify(answer)}\n`);
    else await print((options.format === 'csv' ? rowsToCsv : rowsToTable)(answer.columns, answer.rows));
    for (const note of 'notes' in answer ? (answer.notes ?? []) : []) tell(note);
    if ('truncated' in answer) tell(`These are the first ${mostRows} rows; there are more.`);
    return 0;
  } catch (error) {
    const failure = errorOf(error);
    if (options.format === 'json') await print(`${JSON.stringify({ error: failure })}\n`);
    tell(printable(`${failure.code}: ${failure.message}`));
    tell(marker(query, failure));
    return 1;
  }
}

interface Opened {
  engine: DuckdbEngine;
  /** The clock of the sample logs stands at their end, as in the chat. */
  sampleEnd?: Date;
}

async function openEngine(options: KqlOptions, config: Config): Promise<Opened> {
  const { TALBOT_LOGS: configured, TALBOT_DATA: data } = config;
  const common = {
    dataFolder: path.join(data, 'duckdb'),
    clock: systemClock,
    externalHosts: config.TALBOT_EXTERNAL_DATA_HOSTS,
    ...(config.TALBOT_WATCHLISTS === undefined ? {} : { watchlists: config.TALBOT_WATCHLISTS }),
    ...(config.TALBOT_GEO_DATABASE === undefined ? {} : { geoDatabase: config.TALBOT_GEO_DATABASE }),
  };
  if (options.schema !== undefined) {
    const tables = readSchema(await readFile(options.schema, 'utf8'));
    return { engine: await createDuckdbEngine({ ...common, logs: { tables } }) };
  }
  const named = options.logs ?? configured;
  const sample = named === undefined ? await sampleLogs(data, systemClock.now(), tell) : undefined;
  const engine = await createDuckdbEngine({
    ...common,
    logs: sample?.folder ?? named ?? '',
    spareCache: true,
    onProgress: ({ file, rows, done, total }) => {
      if (rows > 0) tell(`read ${file}: ${rows} records (${done} of ${total} files)`);
    },
  });
  for (const { file, line, message } of await engine.problems()) {
    tell(printable(`${file}${line ? `, line ${line}` : ''}: ${message}`));
  }
  return { engine, ...(sample ? { sampleEnd: sample.end } : {}) };
}

/** The line an error is in, with a marker under the place. */
function marker(query: string, { line, column }: { line?: number; column?: number }): string {
  if (line === undefined || column === undefined) return '';
  const source = (query.split(/\r\n|\n|\r/)[line - 1] ?? '').replaceAll('\t', ' ');
  return `  ${printable(source)}\n  ${' '.repeat(Math.max(0, column - 1))}^`;
}

async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function tell(text: string): void {
  if (text !== '') process.stderr.write(`${text}\n`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    tell(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) tell('npm run kql -- --help shows what there is.');
    process.exitCode = 2;
  },
);
