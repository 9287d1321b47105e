import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type Results } from '@electric-sql/pglite';
import { lockFolder } from './folder-lock';
import { createSessionPool, type SessionPool } from './session-pool';

const vacuumMilliseconds = 3_600_000;

/** PostgreSQL inside this process: one session, used by the documents and the queue alike, one statement at a time. */
export interface EmbeddedDatabase {
  query<R>(sql: string, parameters?: unknown[]): Promise<Results<R>>;
  /** Several statements, without parameters. */
  execute(sql: string): Promise<void>;
  /** All or nothing; nothing else runs meanwhile, so `run` must use only what it is given. */
  transaction<T>(run: (query: EmbeddedDatabase['query']) => Promise<T>): Promise<T>;
  /** For BullMQ. */
  pool: SessionPool;
  close(): Promise<void>;
}

/**
 * Opens the database in `folder`, making it at the first time (about three seconds, later a quarter). Rejects while another
 * process uses the folder. Without a folder everything is kept in memory and gone afterwards.
 */
export async function openEmbeddedDatabase(folder?: string): Promise<EmbeddedDatabase> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const lock = folder === undefined ? null : await lockFolder(folder);
  let pglite: PGlite;
  try {
    pglite = await PGlite.create(folder === undefined ? 'memory://' : join(folder, 'pglite'));
  } catch (error) {
    await lock?.release();
    throw error;
  }

  // No autovacuum runs inside one process, and the queue rewrites its rows all the time.
  const vacuum = setInterval(() => {
    pglite.exec('VACUUM (ANALYZE)').catch((error: unknown) => {
      // Emitted to nobody, an error would end the process.
      if (database.pool.listenerCount('error') > 0) database.pool.emit('error', error);
    });
  }, vacuumMilliseconds);
  vacuum.unref();

  let closing: Promise<void> | null = null;
  async function close() {
    clearInterval(vacuum);
    try {
      await pglite.close();
    } finally {
      await lock?.release();
    }
  }

  const database: EmbeddedDatabase = {
    query: (sql, parameters) => pglite.query(sql, parameters),
    async execute(sql) {
      await pglite.exec(sql);
    },
    transaction: (run) => pglite.transaction((open) => run((sql, parameters) => open.query(sql, parameters))),
    pool: createSessionPool(pglite),
    close() {
      closing ??= close();
      return closing;
    },
  };
  return database;
}
