import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../../../ports/query-engine';
import { quoteName } from '../sql-text';
import type { CachedFile, CachedTable, Catalog } from './catalog';
import type { LoadProblem } from './load-problem';
import { type LogFile, listLogFolder } from './log-files';
import { orderByTime } from './order-by-time';
import { type FilePlan, planFile } from './plan-file';
import { addColumnSql, createTableSql, storeRows } from './store-rows';
import { fileColumn, mergeColumns, timeColumn } from './table-schema';

export interface LoadProgress {
  file: string;
  /** Records of that file; 0 while it is still looked through. */
  rows: number;
  /** Files that are stored, of those that had to be read. */
  done: number;
  total: number;
}

interface Work {
  connection: DuckDBConnection;
  catalog: Catalog;
  scratch: string;
  onProgress: (progress: LoadProgress) => void;
}

/**
 * Brings the cache up to date with its folder: reads what is new or changed (by size and time of change), takes out what
 * is gone. Each file is one transaction, so a kill costs one file's work at most. `scratch` is a folder for copies. Resolves
 * with what makes queries slower than they could be.
 */
export async function updateCache(work: Work, folder: string): Promise<LoadProblem[]> {
  const { connection, catalog } = work;
  await catalog.create();
  const listed = await listLogFolder(folder);
  const before = await catalog.files();
  const changed = changedFiles(listed.files, before);
  const gone = before.filter((file) => !listed.files.some((one) => isSame(one, file)));
  for (const file of gone) await takeOut(work, file);
  const plans = await planAll(work, changed, changed.length);
  for (const file of await fitTables(work, plans, listed.files))
    plans.push(...(await planAll(work, [file], plans.length + 1)));
  await storeAll(work, plans);
  const slow: LoadProblem[] = [];
  const stored = new Set(plans.flatMap((plan) => plan.tables.map((table) => table.table)));
  const fed = new Set((await catalog.files()).flatMap((file) => file.parts.map((part) => part.table)));
  for (const table of await catalog.tables()) {
    if (!fed.has(table.name)) {
      await dropTable(work, table);
      continue;
    }
    if (stored.has(table.name)) {
      await orderByTime(connection, table).catch((error: unknown) => {
        const message = `is not stored in the order of time, so that a query over a short time reads all of it: ${firstLine(error)}`;
        slow.push({ file: table.name, message });
      });
    }
    await catalog.putTable({ ...table, ...(await catalog.measure(table.sqlName, timeColumn(table.columns))) });
  }
  if (plans.length > 0 || gone.length > 0) await connection.run('CHECKPOINT');
  return slow;
}

/** Whether the cache holds the folder's files as they are now. */
export async function isFresh(catalog: Catalog, folder: string): Promise<boolean> {
  if (!(await catalog.isCurrent())) return false;
  const [listed, cached] = [await listLogFolder(folder), await catalog.files()];
  return changedFiles(listed.files, cached).length === 0 && cached.length === listed.files.length;
}

function changedFiles(files: LogFile[], cached: CachedFile[]): LogFile[] {
  const known = new Map(cached.map((file) => [file.path, file]));
  return files.filter((file) => {
    const one = known.get(file.path);
    return !one || !isSame(file, one);
  });
}

function isSame(file: LogFile, cached: CachedFile): boolean {
  return file.path === cached.path && file.bytes === cached.bytes && file.modified === cached.modified;
}

async function takeOut({ connection, catalog }: Work, file: CachedFile): Promise<void> {
  const tables = await catalog.tables();
  await inTransaction(connection, async () => {
    for (const name of new Set(file.parts.map((part) => part.table))) {
      const table = tables.find((one) => one.name === name);
      if (table)
        await connection.run(`DELETE FROM ${quoteName(table.sqlName)} WHERE ${quoteName(fileColumn)} = ${file.id}`);
    }
    await catalog.removeFile(file.id);
  });
}

async function planAll(
  { connection, scratch, onProgress }: Work,
  files: LogFile[],
  total: number,
): Promise<FilePlan[]> {
  const plans: FilePlan[] = [];
  for (const file of files) {
    onProgress({ file: file.path, rows: 0, done: 0, total });
    try {
      plans.push(await planFile(connection, file, scratch));
    } catch (error) {
      plans.push(unreadable(file, error));
    }
  }
  return plans;
}

/**
 * Makes the stored tables able to hold the planned files. Where a column's type changes, its table is made anew; the
 * result are the files that have to be read again for it, whose rows are taken out.
 */
async function fitTables(work: Work, plans: FilePlan[], files: LogFile[]): Promise<LogFile[]> {
  const { connection, catalog } = work;
  const cached = await catalog.files();
  const again: LogFile[] = [];
  const parts = [...cached.flatMap((file) => file.parts), ...plans.flatMap((plan) => plan.tables)];
  const names = new Set(parts.map((part) => part.table));
  const stored = new Map((await catalog.tables()).map((table) => [table.name, table]));
  for (const table of stored.values()) if (!names.has(table.name)) await dropTable(work, table);
  let free = Math.max(0, ...[...stored.values()].map((table) => Number(table.sqlName.slice(1)))) + 1;
  for (const name of names) {
    const columns = mergeColumns(parts.filter((part) => part.table === name));
    const old = stored.get(name);
    if (old && sameTypes(old.columns, columns)) {
      await reshape(work, old, columns);
      continue;
    }
    if (old) {
      for (const file of cached.filter((one) => one.parts.some((part) => part.table === name))) {
        const source = files.find((one) => one.path === file.path);
        if (!source || again.includes(source)) continue;
        await takeOut(work, file);
        again.push(source);
      }
      await dropTable(work, old);
    }
    const table: CachedTable = { name, sqlName: `t${free++}`, columns, rows: 0 };
    await inTransaction(connection, async () => {
      await connection.run(createTableSql(table.sqlName, columns));
      await catalog.putTable(table);
    });
  }
  return again;
}

function sameTypes(stored: Column[], columns: Column[]): boolean {
  return columns.every(({ name, type }) => {
    const one = stored.find((column) => column.name.toLowerCase() === name.toLowerCase());
    return !one || one.type === type;
  });
}

async function reshape({ connection, catalog }: Work, table: CachedTable, columns: Column[]): Promise<void> {
  const has = (list: Column[], name: string) => list.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const added = columns.filter((column) => !has(table.columns, column.name));
  const dropped = table.columns.filter((column) => !has(columns, column.name));
  if (added.length === 0 && dropped.length === 0) return;
  await inTransaction(connection, async () => {
    for (const column of added) await connection.run(addColumnSql(table.sqlName, column));
    for (const { name } of dropped)
      await connection.run(`ALTER TABLE ${quoteName(table.sqlName)} DROP COLUMN ${quoteName(name)}`);
    const kept = table.columns.filter((column) => !dropped.includes(column));
    await catalog.putTable({ ...table, columns: [...kept, ...added] });
  });
}

async function dropTable({ connection, catalog }: Work, table: CachedTable): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.run(`DROP TABLE ${quoteName(table.sqlName)}`);
    await catalog.removeTable(table.name);
  });
}

async function storeAll({ connection, catalog, onProgress }: Work, plans: FilePlan[]): Promise<void> {
  const tables = new Map((await catalog.tables()).map((table) => [table.name, table]));
  let id = Math.max(0, ...(await catalog.files()).map((file) => file.id));
  for (const [done, plan] of plans.entries()) {
    id++;
    const total = plans.length;
    try {
      await inTransaction(connection, async () => {
        for (const planned of plan.tables) {
          const table = tables.get(planned.table);
          if (table) await storeRows(connection, plan, planned, { ...table, file: id });
        }
        await catalog.addFile(id, plan.file, plan.tables.map(partOf), plan.problems);
      });
    } catch (error) {
      const failed = unreadable(plan.file, error);
      await catalog.addFile(id, plan.file, [], [...plan.problems, ...failed.problems]);
    }
    onProgress({
      file: plan.file.path,
      rows: Math.max(0, ...plan.tables.map((table) => table.rows)),
      done: done + 1,
      total,
    });
  }
}

function partOf({ table, rows, columns }: FilePlan['tables'][number]): CachedFile['parts'][number] {
  return { table, rows, columns: columns.map(({ field: _, ...column }) => column) };
}

/** A plan for a file that gives nothing. A fault of this program is not blamed on the file. */
function unreadable(file: LogFile, error: unknown): FilePlan {
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
  const problems: LoadProblem[] = [
    { file: file.path, message: `could not be read, nothing of it is loaded: ${firstLine(error)}` },
  ];
  const source = {
    fields: [],
    declared: new Map(),
    values: 'text' as const,
    problems: [],
    rows: () => 'SELECT 1 WHERE false',
  };
  return { file, source, tables: [], problems };
}

/** The reader names the file by its full path: the path inside the folder is said already. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(/ in file "[^"]*"/, '').replace(/^[A-Z]\w*(?: \w+)* Error: /, '');
}

async function inTransaction(connection: DuckDBConnection, run: () => Promise<void>): Promise<void> {
  await connection.run('BEGIN');
  try {
    await run();
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}
