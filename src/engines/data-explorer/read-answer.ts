import { z } from 'zod';
import { type Cell, type Column, QueryError, type QuerySummary } from '../../ports/query-engine';
import { Figures, partialNote, readRender, scanNote } from '../azure/answer-notes';
import { parseAnswer } from '../azure/cells';
import { toColumn } from '../azure/schema-answer';
import { type Answer, type Fault, faultToError, readFault } from '../azure/service-fault';

const service = 'Data Explorer';

const Columns = z.array(
  z.looseObject({ ColumnName: z.string(), ColumnType: z.string().optional(), DataType: z.string().optional() }),
);
const DataTable = z.looseObject({
  FrameType: z.literal('DataTable'),
  TableKind: z.string(),
  TableName: z.string(),
  Columns,
  Rows: z.array(z.unknown()),
});
type DataTable = z.infer<typeof DataTable>;
const Completion = z.looseObject({
  FrameType: z.literal('DataSetCompletion'),
  HasErrors: z.boolean().default(false),
  Cancelled: z.boolean().default(false),
  OneApiErrors: z.array(z.unknown()).optional(),
});
const OtherFrame = z.looseObject({ FrameType: z.string() });
const Frames = z.array(z.union([DataTable, Completion, OtherFrame]));
const Tables = z.object({ Tables: z.array(z.object({ Columns, Rows: z.array(z.unknown()) })).min(1) });

export interface ReadAnswer extends Pick<QuerySummary, 'notes' | 'render'> {
  columns: Column[];
  rows: Cell[][];
  /** The service itself left rows out. */
  cut: boolean;
}

/**
 * Reads the frames of a query's answer (version 2 of the protocol). Rejects with QueryError for an error status, and for an error
 * inside a 200 that left nothing to show.
 */
export function readQueryAnswer(answer: Answer): ReadAnswer {
  const parsed = Frames.safeParse(okBody(answer));
  if (!parsed.success) throw new QueryError('internal', `${service} answered in a form that could not be read`);
  const tables = parsed.data.filter(isDataTable);
  const [primary, ...others] = tables.filter((table) => table.TableKind === 'PrimaryResult');
  const rows = primary?.Rows.filter(isRow) ?? [];
  const faults = faultsIn(parsed.data, tables);
  const fault = faults.find((one) => !one.warning);
  if (fault && rows.length === 0) throw faultToError(service, answer.status, fault, 0);
  if (!primary) throw new QueryError('internal', `${service} answered without a table`);
  return {
    columns: primary.Columns.map(readColumn),
    rows,
    cut: fault !== undefined,
    notes: [
      ...new Set(faults.map((one) => partialNote(service, one))),
      ...(others.length > 0 ? [`The query gave ${others.length + 1} tables; this is the first.`] : []),
      ...figuresNote(tables),
    ],
    ...renderOf(tables),
  };
}

/** The first table of a management command's answer (version 1 of the protocol). Rejects with QueryError for an error status. */
export function readCommandAnswer(answer: Answer): { columns: string[]; rows: Cell[][] } {
  const parsed = Tables.safeParse(okBody(answer));
  const [table] = parsed.success ? parsed.data.Tables : [];
  if (!table) throw new QueryError('internal', `${service} answered in a form that could not be read`);
  return {
    columns: table.Columns.map((column) => column.ColumnName),
    rows: table.Rows.filter(isRow),
  };
}

function isRow(row: unknown): row is Cell[] {
  return Array.isArray(row);
}

function isDataTable(frame: { FrameType: string }): frame is DataTable {
  return frame.FrameType === 'DataTable';
}

function readColumn(column: z.infer<typeof Columns>[number]): Column {
  return toColumn(service, column.ColumnName, column.ColumnType ?? column.DataType ?? '');
}

/** Errors stand at the end of the set, or as objects among a table's rows. */
function faultsIn(frames: z.infer<typeof Frames>, tables: DataTable[]): Fault[] {
  const completion = frames.find(
    (frame): frame is z.infer<typeof Completion> => frame.FrameType === 'DataSetCompletion',
  );
  if (!completion) return [{ codes: ['Truncated'], message: 'The answer broke off before its end', warning: false }];
  const among = tables.flatMap((table) => table.Rows.filter((row) => !Array.isArray(row)));
  const OneApi = z.object({ OneApiErrors: z.array(z.unknown()) });
  const errors = [
    ...(completion.OneApiErrors ?? []),
    ...among.flatMap((row) => OneApi.safeParse(row).data?.OneApiErrors ?? []),
  ];
  const faults = errors.map((one) =>
    readFault(z.object({ error: z.unknown().optional() }).safeParse(one).data?.error ?? one),
  );
  const read = faults.filter((one) => one !== null);
  if (read.length > 0) return read;
  if (completion.Cancelled) return [{ codes: ['Cancelled'], message: 'The query was cancelled there', warning: false }];
  if (completion.HasErrors || among.length > 0)
    return [{ codes: [], message: 'It failed without saying why', warning: false }];
  return [];
}

/** `Payload` of the completion row that tells what the query used. */
function figuresNote(tables: DataTable[]): string[] {
  const status = tables.find((table) => table.TableKind === 'QueryCompletionInformation');
  const place = (name: string) => status?.Columns.findIndex((column) => column.ColumnName === name) ?? -1;
  const [kind, payload] = [place('EventTypeName'), place('Payload')];
  const row = status?.Rows.find((one) => Array.isArray(one) && one[kind] === 'QueryResourceConsumption');
  if (!Array.isArray(row)) return [];
  const figures = Figures.safeParse(parseOrNothing(row[payload]));
  return figures.success ? scanNote(service, figures.data) : [];
}

function renderOf(tables: DataTable[]): Pick<QuerySummary, 'render'> {
  const properties = tables.find((table) => table.TableName === '@ExtendedProperties');
  const value = properties?.Columns.findIndex((column) => column.ColumnName === 'Value') ?? -1;
  for (const row of properties?.Rows ?? []) {
    const found = Array.isArray(row) ? readRender(parseOrNothing(row[value])) : {};
    if (found.render) return found;
  }
  return {};
}

function okBody(answer: Answer): unknown {
  const body = parseOrNothing(answer.body);
  if (answer.status === 200 && body !== undefined) return body;
  const parsed = z.object({ error: z.unknown().optional() }).safeParse(body);
  throw faultToError(service, answer.status, parsed.success ? readFault(parsed.data.error) : null, 0);
}

/** Undefined for what is no JSON: a gateway's page, or an answer that broke off. */
function parseOrNothing(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return parseAnswer(text);
  } catch {
    return undefined;
  }
}
