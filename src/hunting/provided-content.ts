import { randomUUID } from 'node:crypto';
import { ConflictError } from '../errors';
import type { Log } from '../log';
import type { ProvidedContent, QueryEngine } from '../ports/query-engine';
import type { Stores } from '../ports/stores';
import { change } from './change';

type ContentStores = Pick<Stores, 'settings' | 'parsers' | 'watchlists'>;

/** Its value is another after every change of what engines are provided with. */
const setting = 'provided-content';

/** Tells the engines of every process, before their next query, that parsers or watchlists have changed. */
export async function contentChanged(stores: Pick<Stores, 'settings'>): Promise<void> {
  const value = randomUUID();
  try {
    await stores.settings.insert({ id: setting, value });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await change(stores.settings, setting, (current) => ({ ...current, value }));
  }
}

/**
 * The engine with the stored parsers and watchlists in it: looked at before each query, and handed over when they have
 * changed. Where that fails it is logged, the query runs with what was there before, and the next one tries again.
 */
export function withProvidedContent(engine: QueryEngine, deps: { stores: ContentStores; log: Log }): QueryEngine {
  const { stores, log } = deps;
  const { count } = engine;
  if (!engine.provide) return engine;
  let seen: string | undefined;
  let last = Promise.resolve();

  async function bringUpToDate(wanted: string | undefined): Promise<void> {
    if (seen === wanted) return;
    try {
      await engine.provide?.(await storedContent(stores));
      seen = wanted;
    } catch (error) {
      log.error({ error, engine: engine.name }, 'parsers and watchlists could not be provided');
    }
  }

  async function refresh(): Promise<void> {
    const wanted = (await stores.settings.get(setting))?.value;
    if (seen === wanted) return;
    last = last.then(() => bringUpToDate(wanted));
    await last;
  }

  return {
    ...engine,
    async run(request, sink, signal) {
      await refresh();
      return engine.run(request, sink, signal);
    },
    async check(request, onNote) {
      await refresh();
      return engine.check(request, onNote);
    },
    ...(count
      ? {
          async count(request, signal) {
            await refresh();
            return count(request, signal);
          },
        }
      : {}),
  };
}

async function storedContent(stores: ContentStores): Promise<ProvidedContent> {
  const [parsers, watchlists] = await Promise.all([
    stores.parsers.find({ sort: [{ field: 'functionName', direction: 'up' }], limit: 10_000 }),
    stores.watchlists.find({ sort: [{ field: 'alias', direction: 'up' }], limit: 10_000 }),
  ]);
  return {
    functions: parsers.map(({ functionName, parameters, body }) => ({ name: functionName, parameters, body })),
    watchlists: watchlists.map(({ alias, searchKey, columns, rows, updatedAt }) => ({
      alias,
      searchKey,
      columns,
      rows,
      updatedAt,
    })),
  };
}
