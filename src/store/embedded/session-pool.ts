import { EventEmitter } from 'node:events';
import type { PGlite, Results, Transaction } from '@electric-sql/pglite';

/** A client of node-postgres, as far as BullMQ uses one. All clients share the one session of the embedded database. */
export interface SessionClient extends EventEmitter {
  query<R>(text: string, parameters?: readonly unknown[]): Promise<{ rows: R[]; rowCount: number }>;
  release(): void;
}

/** A pool of node-postgres, as far as BullMQ uses one. */
export interface SessionPool extends EventEmitter {
  connect(): Promise<SessionClient>;
  query: SessionClient['query'];
  end(): Promise<void>;
}

interface OpenTransaction {
  on: Transaction;
  end(how: 'commit' | 'rollback'): Promise<void>;
}

export function createSessionPool(database: PGlite): SessionPool {
  const pool = new EventEmitter();
  // Every queue and worker adds one and none takes it away.
  pool.setMaxListeners(0);
  return Object.assign(pool, {
    connect: async () => createSessionClient(database),
    query: <R>(text: string, parameters?: readonly unknown[]) => runStatement<R>(database, text, parameters),
    // The database belongs to whoever opened it.
    end: async () => {},
  });
}

function createSessionClient(database: PGlite): SessionClient {
  const client = new EventEmitter();
  let open: OpenTransaction | null = null;
  const unlisten = database.onNotification((channel, payload) => client.emit('notification', { channel, payload }));

  async function query<R>(text: string, parameters?: readonly unknown[]): Promise<{ rows: R[]; rowCount: number }> {
    const word = /^\s*(begin|commit|rollback)\s*;?\s*$/i.exec(text)?.[1]?.toLowerCase();
    if (word === 'begin') {
      open = await beginTransaction(database);
      return { rows: [], rowCount: 0 };
    }
    if (word === 'commit' || word === 'rollback') {
      const ended = open;
      open = null;
      await ended?.end(word);
      return { rows: [], rowCount: 0 };
    }
    return runStatement<R>(open?.on ?? database, text, parameters);
  }

  return Object.assign(client, {
    query,
    release() {
      unlisten();
      client.removeAllListeners();
      const forgotten = open;
      open = null;
      void forgotten?.end('rollback');
    },
  });
}

/** Until it ends, no statement of anybody else runs: PGlite itself holds the others back. */
function beginTransaction(database: PGlite): Promise<OpenTransaction> {
  return new Promise((resolve, reject) => {
    let finish: (how: 'commit' | 'rollback') => void;
    const decided = new Promise<'commit' | 'rollback'>((decide) => {
      finish = decide;
    });
    const done = database.transaction(async (transaction) => {
      resolve({
        on: transaction,
        async end(how) {
          finish(how);
          await done;
        },
      });
      if ((await decided) === 'rollback') await transaction.rollback();
    });
    done.catch(reject);
  });
}

async function runStatement<R>(
  on: PGlite | Transaction,
  text: string,
  parameters?: readonly unknown[],
): Promise<{ rows: R[]; rowCount: number }> {
  if (parameters) return counted(await on.query<R>(text, [...parameters]));
  // Only the simple protocol takes several statements at once, as migrations have them.
  const results = await on.exec(text);
  return counted(results.at(-1) as Results<R> | undefined);
}

function counted<R>(result: Results<R> | undefined): { rows: R[]; rowCount: number } {
  const rows = result?.rows ?? [];
  return { rows, rowCount: rows.length > 0 ? rows.length : (result?.affectedRows ?? 0) };
}
