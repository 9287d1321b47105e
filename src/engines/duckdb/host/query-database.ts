import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { answerNothing, compileInRounds } from '../../../kql/compile-in-rounds';
import type { Compiled, TableSchema } from '../../../kql/compile-input';
import type { CompilerThread } from '../../../kql/compiler-thread';
import { KqlError } from '../../../kql/kql-error';
import { prelude, scripts } from '../../../kql/prelude';
import type { Answer, Question, RowsQuestion } from '../../../kql/question';
import {
  type Cell,
  type Column,
  type ProvidedContent,
  QueryError,
  type QuerySummary,
} from '../../../ports/query-engine';
import { CacheBusy } from '../cache-file';
import { databaseOptions } from '../database-settings';
import { bindExternal, ExternalTables } from '../external/external-tables';
import { listedHosts } from '../external/listed-hosts';
import { missing, type Outside, refuseMissing } from '../external/outside';
import { openGeoDatabase } from '../geo-database';
import type { LoadProblem } from '../load/load-problem';
import type { LoadProgress } from '../load/update-cache';
import { lockDown } from '../lock-down';
import { openLogs } from '../open-logs';
import { registerScripts } from '../register-scripts';
import { prepareSelect, runStatement, type Stop } from '../run-statement';
import { createEmptyTable, createViews } from '../table-views';
import { explainUnknownTable } from '../unknown-table';
import { findWatchlists, loadWatchlists } from '../watchlists/load-watchlists';
import { ProvidedParts } from '../watchlists/provided-parts';
import type { HostOptions, HostQuery, HostTable } from './messages';

/** DuckDB and the compiler together: what the host process holds. */
export class QueryDatabase {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly compiler: CompilerThread,
    private readonly schemas: TableSchema[],
    /** In a database without data each table is made when a query first names it. */
    private readonly lazy: boolean,
    private readonly outside: Outside,
    private readonly parts: ProvidedParts,
    readonly tables: HostTable[],
    readonly problems: LoadProblem[],
  ) {}

  /** Loads first, then locks the database for good. */
  static async open(
    options: HostOptions,
    compiler: CompilerThread,
    fetchFile: Outside['fetchFile'],
    onProgress: (progress: LoadProgress) => void,
  ): Promise<QueryDatabase> {
    const { source } = options;
    warmUp(compiler);
    const instance = await DuckDBInstance.create(':memory:', databaseOptions(options));
    const connection = await instance.connect();
    await connection.run(`SET TimeZone = 'UTC'`);
    const geo = options.geoDatabase === undefined ? undefined : await openGeoDatabase(options.geoDatabase);
    registerScripts(
      connection,
      scripts().map((one) => (one.name === geo?.name ? geo : one)),
    );
    const outside = { fetchFile, hosts: listedHosts(options.externalHosts), geo: geo !== undefined };
    for (const statement of prelude()) await connection.run(statement);
    if (source.kind === 'schema') {
      await lockDown(connection);
      const tables = source.tables.map((table) => ({ ...table, rows: 0 }));
      return new QueryDatabase(
        instance,
        compiler,
        source.tables.map(withOwnName),
        true,
        outside,
        new ProvidedParts([], undefined),
        tables,
        [],
      );
    }
    const from = { connection, logs: source.folder, onProgress };
    const logs = await openLogs({ ...from, cacheFolder: source.cacheFolder }).catch((error: unknown) => {
      if (!(error instanceof CacheBusy) || !source.spareCacheFolder) throw error;
      return openLogs({ ...from, cacheFolder: source.spareCacheFolder });
    });
    const schemas = await createViews(connection, logs.tables);
    const lists = await findWatchlists(source.watchlists, source.folder);
    const { watchlists, problems } = lists ? await loadWatchlists(connection, lists) : { watchlists: [], problems: [] };
    await lockDown(connection);
    connection.closeSync();
    const tables = logs.tables.map(({ sqlName: _, columns: __, ...table }, i) => ({
      ...table,
      columns: schemas[i]?.columns ?? [],
    }));
    const parts = new ProvidedParts(
      logs.functions,
      watchlists,
      tables.map((table) => table.name),
    );
    return new QueryDatabase(instance, compiler, schemas, false, outside, parts, tables, [
      ...logs.problems,
      ...problems,
    ]);
  }

  /** Takes the place of what was provided before; what came with the logs stays. */
  async provide(content: ProvidedContent): Promise<void> {
    await this.#withConnection((connection) => this.parts.provide(connection, content));
  }

  async run(
    query: HostQuery,
    stop: Stop,
    send: (columns: Column[], rows: Cell[][]) => Promise<void>,
  ): Promise<QuerySummary> {
    return this.#withConnection(async (connection) => {
      const external = new ExternalTables(connection, this.outside.fetchFile(stop), stop);
      const compiled = await this.#compile(query, { stop, connection, external });
      await this.#interruptOn(stop, connection, () => this.#prepare(compiled, external));
      const statement = await prepareSelect(connection, compiled.sql);
      const { columns, notes, render } = compiled;
      const done = await this.#interruptOn(stop, connection, () =>
        runStatement({ statement, columns, limit: query.limits.rows, stop, send: (rows) => send(columns, rows) }),
      );
      return { columns, ...done, notes: [...notes, ...external.notes], ...(render ? { render } : {}) };
    });
  }

  /** How many rows the query gives, none of which leaves the database. */
  async count(query: HostQuery, stop: Stop): Promise<number> {
    return this.#withConnection(async (connection) => {
      const external = new ExternalTables(connection, this.outside.fetchFile(stop), stop);
      const compiled = await this.#compile(query, { stop, connection, external });
      await this.#interruptOn(stop, connection, () => this.#prepare(compiled, external));
      const statement = await prepareSelect(connection, `SELECT count(*) FROM (${compiled.sql})`);
      let rows = 0;
      await this.#interruptOn(stop, connection, () =>
        runStatement({
          statement,
          columns: [{ name: 'Count', type: 'long' }],
          limit: 1,
          stop,
          async send([row]) {
            rows = Number(row?.[0] ?? 0);
          },
        }),
      );
      return rows;
    });
  }

  /** Compiles, and lets DuckDB bind what came of it. The notes say what a run would be refused for here. */
  async check(query: Pick<HostQuery, 'text' | 'now'>): Promise<{ columns: Column[]; notes: string[] }> {
    const compiled = await this.#compile(query, undefined);
    await this.#withConnection(async (connection) => {
      if (this.lazy) await this.#makeTables(connection, compiled.tables);
      await bindExternal(connection, compiled.external ?? []);
      const statement = await prepareSelect(connection, compiled.sql);
      if (statement.columnCount !== compiled.columns.length) {
        throw new QueryError(
          'internal',
          `The engine gives ${statement.columnCount} columns where the query has ${compiled.columns.length}`,
        );
      }
    });
    return { columns: compiled.columns, notes: [...compiled.notes, ...missing(compiled, this.outside)] };
  }

  /** The SQL of a query; where that depends on the data, the data is asked, as before the query itself. */
  async explain(query: Pick<HostQuery, 'text' | 'now' | 'range'>, stop: Stop): Promise<string> {
    if (this.lazy) return (await this.#compile(query, undefined)).sql;
    return this.#withConnection(async (connection) => {
      const external = new ExternalTables(connection, this.outside.fetchFile(stop), stop);
      return (await this.#compile(query, { stop, connection, external })).sql;
    });
  }

  async close(): Promise<void> {
    await this.compiler.close();
    this.instance.closeSync();
  }

  /** Without a session no data is read. */
  async #compile(
    { text, now, range }: Pick<HostQuery, 'text' | 'now' | 'range'>,
    session: Session | undefined,
  ): Promise<Compiled> {
    try {
      return await compileInRounds(
        {
          text,
          now,
          tables: this.schemas,
          functions: this.parts.functions,
          schemaOnly: this.lazy,
          ...(this.parts.watchlists ? { watchlists: this.parts.watchlists } : {}),
          ...(range ? { range } : {}),
        },
        (input) => raceWith(session?.stop, this.compiler.compile(input)),
        session ? (question) => this.#answer(question, session) : answerNothing,
      );
    } catch (error) {
      if (!(error instanceof KqlError)) throw error;
      throw explainUnknownTable(error, text, this.lazy ? [] : this.schemas.map((table) => table.name));
    }
  }

  async #answer(question: Question, session: Session): Promise<Answer> {
    return this.#answerRows(question, session);
  }

  async #answerRows(question: RowsQuestion, { stop, connection, external }: Session): Promise<Answer> {
    const { sql, columns, most } = question;
    const rows: Cell[][] = [];
    const send = async (page: Cell[][]) => void rows.push(...page);
    const { truncated } = await this.#interruptOn(stop, connection, async () => {
      await this.#prepare(question, external);
      const statement = await prepareSelect(connection, sql);
      return runStatement({ statement, columns, limit: most, stop, send });
    });
    return { kind: 'rows', rows, truncated };
  }

  /** Brings what the SQL reads beyond the log tables. Rejects where that may not be read. */
  async #prepare(asked: Pick<Compiled, 'external' | 'geo'>, external: ExternalTables): Promise<void> {
    refuseMissing(asked, this.outside);
    await external.fill(asked.external ?? []);
  }

  async #withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.instance.connect();
    try {
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  }

  /** An interrupt between two steps of a query is lost, so it is repeated until the query has ended. */
  async #interruptOn<T>(stop: Stop, connection: DuckDBConnection, run: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    const interrupt = () => {
      if (ended) return;
      connection.interrupt();
      timer = setTimeout(interrupt, 20);
    };
    stop.stopped.catch(interrupt);
    try {
      if (stop.reason) throw stop.reason;
      return await run();
    } catch (error) {
      throw stop.reason ?? error;
    } finally {
      ended = true;
      clearTimeout(timer);
    }
  }

  async #makeTables(connection: DuckDBConnection, names: string[]): Promise<void> {
    for (const name of names) {
      const schema = this.schemas.find((table) => table.name === name);
      if (schema) await createEmptyTable(connection, schema.sqlName ?? schema.name, schema.columns);
    }
  }
}

/** What a query that runs holds: one connection, which its temporary tables live in. */
interface Session {
  stop: Stop;
  connection: DuckDBConnection;
  external: ExternalTables;
}

function raceWith<T>(stop: Stop | undefined, work: Promise<T>): Promise<T> {
  return stop ? Promise.race([work, stop.stopped]) : work;
}

/** Names in SQL ignore case, those of Kusto do not. */
function withOwnName(table: { name: string; columns: Column[] }, place: number): TableSchema {
  return { ...table, sqlName: `t${place + 1}` };
}

/** The first compilation takes a second: it is done while the logs load. What is wrong with the compiler, the first query tells. */
function warmUp(compiler: CompilerThread): void {
  compiler.compile({ text: 'print 1', now: 0n, tables: [] }).catch(() => undefined);
}
