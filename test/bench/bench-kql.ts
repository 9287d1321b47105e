import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { databaseOptions } from '../../src/engines/duckdb/database-settings';
import { registerScripts } from '../../src/engines/duckdb/register-scripts';
import { quoteText } from '../../src/engines/duckdb/sql-text';
import { createViews } from '../../src/engines/duckdb/table-views';
import { dateToTicks } from '../../src/engines/duckdb/ticks';
import { compile } from '../../src/kql/compile';
import type { TableSchema } from '../../src/kql/compile-input';
import { prelude, scripts } from '../../src/kql/prelude';
import { asOf, generatedTables, generateTables } from './bench-tables';
import { type HuntingQuery, huntingQueries } from './hunting-queries';

const { values: words } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
    explain: { type: 'boolean', default: false },
  },
});

interface Timing {
  kql: number;
  sql: number;
  /** Processor time, which other programs on the machine disturb less. */
  cpuRatio: number;
}

/**
 * `npm run bench:kql`: twenty hunting queries in KQL beside the SQL one would write by hand, over four generated tables of ten
 * million rows each; the answers are compared. `-- --rows 1000000` for a smaller run, `--only NAME` for the queries with that
 * text in their name, `--folder F` to keep the tables in F and find them there again, `--explain` for the plans.
 */
async function bench(): Promise<void> {
  const rows = Number(words.rows);
  const folder = words.folder ?? (await mkdtemp(join(tmpdir(), 'talbot-bench-')));
  await mkdir(folder, { recursive: true });
  const options = databaseOptions({ memoryLimit: '4GB', threads: 2, temporaryFolder: join(folder, 'spill') });
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  try {
    const schemas = await openTables(connection, join(folder, `tables-${rows}.duckdb`), rows);
    const timings: Timing[] = [];
    say(`${'query'.padEnd(46)}${'rows'.padStart(8)}${'kql ms'.padStart(9)}${'sql ms'.padStart(9)}  ratio   cpu`);
    for (const query of huntingQueries.filter((one) => one.name.includes(words.only))) {
      timings.push(await compareTimes(connection, query, schemas));
    }
    const ratios = timings.map(({ kql, sql }) => kql / sql).sort((a, b) => a - b);
    const cpu = timings.map((one) => one.cpuRatio).sort((a, b) => a - b);
    say(
      `ratio: median ${at(ratios, 0.5)}, worst ${at(ratios, 1)}; of processor time: median ${at(cpu, 0.5)}, worst ${at(cpu, 1)}`,
    );
    sayCompileTimes(schemas);
  } finally {
    connection.closeSync();
    instance.closeSync();
    if (!words.folder) await rm(folder, { recursive: true, force: true });
  }
}

/** The tables as the engine sees them: an attached, read-only database with a view over each. */
async function openTables(connection: DuckDBConnection, file: string, rows: number): Promise<TableSchema[]> {
  await connection.run(`SET TimeZone = 'UTC'`);
  registerScripts(connection, scripts());
  for (const statement of prelude()) await connection.run(statement);
  const began = performance.now();
  await connection.run(`ATTACH ${quoteText(file)} AS logs`);
  const there = await connection.runAndReadAll(
    `SELECT 1 FROM duckdb_tables() WHERE database_name = 'logs' AND table_name = 'complete'`,
  );
  if (there.getRows().length === 0) {
    await connection.run('USE logs');
    await generateTables(connection, rows);
    await connection.run('CREATE TABLE complete (done BOOLEAN)');
    await connection.run('CHECKPOINT logs');
    await connection.run('USE memory');
    say(`four tables of ${rows} rows made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  await connection.run('DETACH logs');
  await connection.run(`ATTACH ${quoteText(file)} AS logs (READ_ONLY)`);
  return createViews(connection, generatedTables(rows));
}

async function compareTimes(
  connection: DuckDBConnection,
  query: HuntingQuery,
  schemas: TableSchema[],
): Promise<Timing> {
  const { sql, columns } = compile({ text: query.kql, tables: schemas, now: dateToTicks(asOf) });
  if (words.explain) await sayPlans(connection, sql, query.sql);
  const names = columns.map((column) => column.name);
  const [ours, theirs] = [
    await digest(connection, sql, names, query),
    await digest(connection, query.sql, names, query),
  ];
  if (ours !== theirs) throw new Error(`${query.name}: the answers differ (${ours} and ${theirs})`);
  const best = { kql: Number.POSITIVE_INFINITY, sql: Number.POSITIVE_INFINITY };
  const cpu = { ...best };
  for (let round = 0; round < Number(words.rounds); round++) {
    for (const side of round % 2 === 0 ? (['kql', 'sql'] as const) : (['sql', 'kql'] as const)) {
      const [began, used] = [performance.now(), process.cpuUsage()];
      await connection.run(side === 'kql' ? sql : query.sql);
      const { user, system } = process.cpuUsage(used);
      best[side] = Math.min(best[side], performance.now() - began);
      cpu[side] = Math.min(cpu[side], user + system);
    }
  }
  const numbers = [
    best.kql.toFixed(0).padStart(9),
    best.sql.toFixed(0).padStart(9),
    (best.kql / best.sql).toFixed(2).padStart(7),
    (cpu.kql / cpu.sql).toFixed(2).padStart(6),
  ];
  say(`${query.name.padEnd(46)}${String(ours.split(' ')[0]).padStart(8)}${numbers.join('')}`);
  return { ...best, cpuRatio: cpu.kql / cpu.sql };
}

/** The number of rows and a checksum over them that no order changes. */
async function digest(
  connection: DuckDBConnection,
  sql: string,
  names: string[],
  query: HuntingQuery,
): Promise<string> {
  const columns = names.map((_, i) => `c${i}`);
  const values = names.map((name, i) => `((${query.compared?.[name]?.replaceAll(name, `c${i}`) ?? `c${i}`})::VARCHAR)`);
  const answer = await connection.runAndReadAll(
    `SELECT count(*), sum(hash(${values.join(', ')})) FROM (${sql}) AS a(${columns.join(', ')})`,
  );
  return (answer.getRows()[0] ?? []).join(' ');
}

async function sayPlans(connection: DuckDBConnection, ...statements: string[]): Promise<void> {
  for (const sql of statements) {
    const plan = await connection.runAndReadAll(`EXPLAIN ANALYZE ${sql}`);
    say(
      `${sql}\n${plan
        .getRows()
        .map((row) => String(row[1]))
        .join('\n')}`,
    );
  }
}

/** How long compiling takes once warm: the median of several times, between which other queries are compiled. */
function sayCompileTimes(schemas: TableSchema[]): void {
  const all = huntingQueries.map((): number[] => []);
  for (let round = 0; round < 15; round++) {
    for (const [i, { kql }] of huntingQueries.entries()) {
      const began = performance.now();
      compile({ text: kql, tables: schemas, now: dateToTicks(asOf) });
      all[i]?.push(performance.now() - began);
    }
  }
  const times = all.map((one) => one.sort((a, b) => a - b)[7] ?? 0);
  times.sort((a, b) => a - b);
  say(`compiling, once warm: median ${at(times, 0.5)} ms, 95th percentile ${at(times, 0.95)} ms`);
}

function at(ascending: number[], share: number): string {
  return (ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0).toFixed(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

bench().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
