import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { StoredFunction } from '../../../kql/compile-input';
import { type Watchlist, watchlistColumns } from '../../../kql/watchlist';
import type { ProvidedContent } from '../../../ports/query-engine';
import { providableFunctions } from '../../providable-functions';
import { quoteName } from '../sql-text';
import { dateToTicks } from '../ticks';

/**
 * Stored functions and watchlists: those that came with the logs, and those that the installation provides, which give way
 * to the logs' own. The arrays are replaced, never changed: the compiler knows by them what it has been told already.
 */
export class ProvidedParts {
  functions: StoredFunction[];
  /** Absent in a database without data, where any alias is taken. */
  watchlists: Watchlist[] | undefined;
  /** Tables of the provided watchlists by the content before and the one now: a query may have been compiled a moment ago. */
  #before: string[] = [];
  #now: string[] = [];

  constructor(
    private readonly ownFunctions: StoredFunction[],
    private readonly ownWatchlists: Watchlist[] | undefined,
    private readonly tables: readonly string[] = [],
  ) {
    this.functions = ownFunctions;
    this.watchlists = ownWatchlists;
  }

  async provide(connection: DuckDBConnection, content: ProvidedContent): Promise<void> {
    const taken = this.ownFunctions.map((one) => one.name);
    const added = providableFunctions(content.functions, [...taken, ...this.tables]);
    const known = new Map(this.functions.map((one) => [JSON.stringify([one.name, one.parameters, one.body]), one]));
    this.functions = [
      ...this.ownFunctions,
      ...added.map((one) => known.get(JSON.stringify([one.name, one.parameters, one.body])) ?? { ...one }),
    ];
    const own = this.ownWatchlists;
    if (!own) return;
    const aliases = new Set(own.map((one) => one.name));
    const lists = content.watchlists.filter((one) => !aliases.has(one.alias));
    const made: Watchlist[] = [];
    for (const list of lists) made.push(await this.#table(connection, list));
    this.watchlists = [...own, ...made];
    const names = made.map((one) => one.sqlName ?? one.name);
    for (const name of this.#before)
      if (!names.includes(name) && !this.#now.includes(name))
        await connection.run(`DROP TABLE IF EXISTS ${quoteName(name)}`);
    this.#before = this.#now;
    this.#now = names;
  }

  /** A table is named after what it holds, so a list that has not changed is not made again. */
  async #table(connection: DuckDBConnection, list: ProvidedContent['watchlists'][number]): Promise<Watchlist> {
    const reserved = new Set(watchlistColumns.map((column) => column.name.toLowerCase()));
    const own = list.columns.flatMap((name, place) => {
      const first = list.columns.findIndex((one) => one.toLowerCase() === name.toLowerCase()) === place;
      return first && !reserved.has(name.toLowerCase()) ? [{ name, place }] : [];
    });
    const key = Math.max(0, list.columns.indexOf(list.searchKey));
    const sqlName = `watchlist:${createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 24)}`;
    const columns = [...watchlistColumns, ...own.map(({ name }) => ({ name, type: 'string' as const }))];
    const known = this.watchlists?.find((one) => one.sqlName === sqlName);
    if (known) return known;
    const declared = columns.map(
      ({ name, type }) => `${quoteName(name)} ${type === 'datetime' ? 'BIGINT' : 'VARCHAR'}`,
    );
    const making = `making ${sqlName}`;
    await connection.run(`CREATE OR REPLACE TABLE ${quoteName(making)} (${declared.join(', ')})`);
    const updated = list.updatedAt && dateToTicks(list.updatedAt);
    const appender = await connection.createAppender(making);
    for (const [number, row] of list.rows.entries()) {
      appender.appendVarchar(itemId(list.alias, number));
      if (updated === undefined) appender.appendNull();
      else appender.appendBigInt(updated);
      for (const place of [key, ...own.map((one) => one.place)]) appender.appendVarchar(row[place] ?? '');
      appender.endRow();
    }
    appender.closeSync();
    await connection.run(`DROP TABLE IF EXISTS ${quoteName(sqlName)}`);
    await connection.run(`ALTER TABLE ${quoteName(making)} RENAME TO ${quoteName(sqlName)}`);
    return { name: list.alias, sqlName, columns };
  }
}

function itemId(alias: string, number: number): string {
  const hex = createHash('md5')
    .update(`${alias}:${number + 1}`)
    .digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
