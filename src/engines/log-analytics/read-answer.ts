import { z } from 'zod';
import { type Cell, type Column, QueryError, type QuerySummary } from '../../ports/query-engine';
import { Figures, partialNote, readRender, scanNote } from '../azure/answer-notes';
import { parseAnswer } from '../azure/cells';
import { toColumn } from '../azure/schema-answer';
import { type Answer, faultToError, readFault } from '../azure/service-fault';

const service = 'Log Analytics';

const Results = z.object({
  tables: z
    .array(
      z.object({
        columns: z.array(z.object({ name: z.string(), type: z.string() })),
        rows: z.array(z.custom<Cell[]>(Array.isArray)),
      }),
    )
    .default([]),
  statistics: z.object({ query: Figures.optional() }).optional().catch(undefined),
  render: z.unknown().optional(),
  error: z.unknown().optional(),
});

const Metadata = z.object({
  tables: z
    .array(
      z.object({
        name: z.string(),
        columns: z.array(z.object({ name: z.string(), type: z.string() })).default([]),
        hasData: z.boolean().optional(),
      }),
    )
    .default([]),
});

export interface ReadAnswer extends Pick<QuerySummary, 'notes' | 'render'> {
  columns: Column[];
  rows: Cell[][];
  /** The service itself left rows out. */
  cut: boolean;
}

/** Reads a query's answer. Rejects with QueryError for an error status, and for an error inside a 200 that left nothing to show. */
export function readQueryAnswer(answer: Answer, prefixLines: number): ReadAnswer {
  const parsed = Results.safeParse(okBody(answer, prefixLines));
  if (!parsed.success) throw new QueryError('internal', `${service} answered in a form that could not be read`);
  const results = parsed.data;
  const fault = results.error ? (readFault(results.error) ?? unreadable()) : null;
  const [table, ...others] = results.tables;
  if (fault && !fault.warning && (table === undefined || table.rows.length === 0))
    throw faultToError(service, answer.status, fault, prefixLines);
  if (!table) throw new QueryError('internal', `${service} answered without a table`);
  return {
    columns: table.columns.map(({ name, type }) => toColumn(service, name, type)),
    rows: table.rows,
    cut: fault !== null && !fault.warning,
    notes: [
      ...(fault ? [partialNote(service, fault)] : []),
      ...(others.length > 0 ? [`The query gave ${others.length + 1} tables; this is the first.`] : []),
      ...(results.statistics?.query ? scanNote(service, results.statistics.query) : []),
    ],
    ...readRender(results.render),
  };
}

/** The workspace's tables, without those that it says are empty. */
export function readMetadata(answer: Answer): { name: string; columns: Column[] }[] {
  return Metadata.parse(okBody(answer, 0))
    .tables.filter((table) => table.hasData !== false && table.columns.length > 0)
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => toColumn(service, column.name, column.type)),
    }));
}

function okBody(answer: Answer, prefixLines: number): unknown {
  const body = parseBody(answer.body);
  if (answer.status === 200 && body !== undefined) return body;
  const parsed = z.object({ error: z.unknown().optional() }).safeParse(body);
  throw faultToError(service, answer.status, parsed.success ? readFault(parsed.data.error) : null, prefixLines);
}

/** Undefined for what is no JSON: a gateway's page, or an answer that broke off. */
function parseBody(text: string): unknown {
  try {
    return parseAnswer(text);
  } catch {
    return undefined;
  }
}

function unreadable(): never {
  throw new QueryError('internal', `${service} reported an error that could not be read`);
}
