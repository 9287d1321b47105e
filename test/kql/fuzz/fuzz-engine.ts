import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createDuckdbEngine, type DuckdbEngine } from '../../../src/engines/duckdb/engine';
import { QueryError } from '../../../src/ports/query-engine';
import { allowedFunctions, allowedTableFunctions } from './allowed-functions';
import { fuzzTables } from './fuzz-tables';
import { openSqlReader } from './sql-reader';

const storedFunctions = {
  Recent: '(n:long = 2) { Logs | take n }',
  Loop: '() { Loop() | take 1 }',
  "Quoted'; --": '() { Logs }',
};

export interface FuzzEngine {
  engine: DuckdbEngine;
  /** What is wrong with the SQL that an input becomes; undefined where nothing is, or where it does not compile. */
  inspect(input: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The embedded engine as it is, in its own process, over the fuzzer's tables in a folder of their own. */
export async function openFuzzEngine(): Promise<FuzzEngine> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'talbot-fuzz-'));
  const logs = path.join(folder, 'logs');
  await writeLogs(logs);
  const engine = await createDuckdbEngine({
    logs,
    dataFolder: path.join(folder, 'data'),
    memoryLimit: '400MB',
    threads: 1,
    clock: { now: () => new Date() },
  });
  const reader = await openSqlReader();
  return {
    engine,
    async inspect(input) {
      const sql = await engine.explain({ text: input, asOf: new Date('2024-01-03T00:00:00Z') }).catch((error) => {
        if (error instanceof QueryError) return undefined;
        throw error;
      });
      return sql === undefined ? undefined : judge(await reader.read(sql));
    },
    async close() {
      reader.close();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function judge(contents: Awaited<ReturnType<Awaited<ReturnType<typeof openSqlReader>>['read']>>): string | undefined {
  if (contents.problem !== undefined) return `the SQL is no single SELECT: ${contents.problem}`;
  for (const name of contents.functions)
    if (!allowedFunctions.has(name) && !name.startsWith('kql_')) return `the SQL calls the function ${name}`;
  for (const name of contents.tableFunctions)
    if (!allowedTableFunctions.has(name)) return `the SQL calls the table function ${name}`;
  for (const name of contents.tables)
    if (!/^(t\d+|kql:external\d+|kql:geo)$/.test(name) && !fuzzTables.some((table) => table.name === name))
      return `the SQL reads the table ${name}`;
  return undefined;
}

async function writeLogs(logs: string): Promise<void> {
  await mkdir(path.join(logs, 'functions'), { recursive: true });
  for (const { name, rows } of fuzzTables)
    await writeFile(path.join(logs, `${name}.ndjson`), rows.map((row) => JSON.stringify(row)).join('\n'));
  for (const [name, body] of Object.entries(storedFunctions))
    await writeFile(path.join(logs, 'functions', `${name}.kql`), body);
}
