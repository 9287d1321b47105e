import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { chunkToRows } from '../../src/engines/duckdb/cells';
import { registerScripts } from '../../src/engines/duckdb/register-scripts';
import { compile } from '../../src/kql/compile';
import { answerNothing, compileInRounds } from '../../src/kql/compile-in-rounds';
import type { Compiled, CompileInput } from '../../src/kql/compile-input';
import { KqlError } from '../../src/kql/kql-error';
import { prelude, scripts } from '../../src/kql/prelude';
import { type Answer, AnswerNeeded, type Outcome, type Question } from '../../src/kql/question';
import type { Cell } from '../../src/ports/query-engine';

export interface Kql {
  /** The rows of a query, as the engine gives them. */
  rows(text: string, input?: Partial<CompileInput>): Promise<Cell[][]>;
  /** The same, each row an object. */
  records(text: string, input?: Partial<CompileInput>): Promise<Record<string, Cell>[]>;
  compile(text: string, input?: Partial<CompileInput>): Compiled;
  /** The same for a query whose columns the data decides. */
  answered(text: string, input?: Partial<CompileInput>): Promise<Compiled>;
  /** Compiles and binds without reading anything. */
  checked(text: string, input?: Partial<CompileInput>): Promise<Compiled>;
  /** The refusal of a query that must not compile. */
  refusal(text: string, input?: Partial<CompileInput>): KqlError;
  sql(statement: string): Promise<void>;
  close(): void;
}

/** 2024-01-01T00:00:00Z in ticks: what `now()` is in tests. */
export const newYear = 638_396_640_000_000_000n;

/** KQL on a DuckDB of its own, in memory, prepared as the engine prepares it. */
export async function openKql(): Promise<Kql> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  registerScripts(connection, scripts());
  for (const statement of prelude()) await connection.run(statement);

  const compiled = (text: string, input?: Partial<CompileInput>) =>
    compile({ text, tables: [], now: newYear, ...input });
  const answered = (text: string, input?: Partial<CompileInput>) =>
    compileInRounds(
      { text, tables: [], now: newYear, ...input },
      async (one) => outcomeOf(one),
      (question) => answerRows(connection, question),
    );
  const rows = async (text: string, input?: Partial<CompileInput>) => read(connection, await answered(text, input));
  return {
    rows,
    answered,
    async checked(text, input) {
      const one = { text, tables: [], now: newYear, ...input };
      const result = await compileInRounds(one, async (round) => outcomeOf(round), answerNothing);
      await connection.prepare(result.sql);
      return result;
    },
    compile: compiled,
    async records(text, input) {
      const compilation = await answered(text, input);
      const { columns } = compilation;
      return (await read(connection, compilation)).map((row) =>
        Object.fromEntries(columns.map((column, i) => [column.name, row[i] ?? null])),
      );
    },
    refusal(text, input) {
      try {
        compiled(text, input);
      } catch (error) {
        if (error instanceof KqlError) return error;
        throw error;
      }
      throw new Error(`this compiled: ${text}`);
    },
    sql: async (statement) => void (await connection.run(statement)),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function read(connection: DuckDBConnection, { sql, columns }: Compiled): Promise<Cell[][]> {
  const result = await connection.run(sql);
  const chunks = await result.fetchAllChunks();
  return chunks.flatMap((chunk) => chunkToRows(chunk, columns));
}

function outcomeOf(input: CompileInput): Outcome<Compiled> {
  try {
    return { kind: 'compiled', compiled: compile(input) };
  } catch (error) {
    if (error instanceof AnswerNeeded) return { kind: 'question', question: error.question };
    throw error;
  }
}

async function answerRows(connection: DuckDBConnection, { sql, columns, most }: Question): Promise<Answer> {
  const result = await connection.run(sql);
  const rows = (await result.fetchAllChunks()).flatMap((chunk) => chunkToRows(chunk, columns));
  return { kind: 'rows', rows: rows.slice(0, most), truncated: rows.length > most };
}
