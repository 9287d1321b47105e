import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnType } from '../../../ports/query-engine';
import { quoteText } from '../sql-text';
import { AskedFields } from './asked-fields';
import { isLost, textToType } from './convert-sql';
import { type KnownTable, knownTable } from './known-tables';
import type { LoadProblem } from './load-problem';
import type { LogFile } from './log-files';
import { openSource } from './open-source';
import type { RecordSource } from './record-source';
import { findRoutes, type Route, rowsOfRoute } from './route-records';
import { fileColumn } from './table-schema';
import { kindOfJson, kindOfText } from './value-kinds';
import { eventColumns, eventTimeFields, securityEventColumns } from './windows-events';

export interface PlannedColumn {
  name: string;
  /** Documented by Microsoft: stays as it is whatever the values are. */
  fixed?: ColumnType;
  /** What a Parquet file says of it. */
  declared?: ColumnType;
  /** What its values look like, as the bits of value-kinds. */
  kinds?: number;
  /** The field it comes from; without one, `sql` is its value in stored form. */
  field?: string;
}

export interface PlannedTable {
  table: string;
  route: Route;
  rows: number;
  columns: PlannedColumn[];
}

export interface FilePlan {
  file: LogFile;
  source: RecordSource;
  tables: PlannedTable[];
  problems: LoadProblem[];
}

const mostColumns = 1000;

/** Reads a file once over to learn which tables it feeds and what their columns hold. Rejects where it is unreadable. */
export async function planFile(connection: DuckDBConnection, file: LogFile, scratch: string): Promise<FilePlan> {
  const source = await openSource(connection, file, scratch);
  const plan: FilePlan = { file, source, tables: [], problems: [...source.problems] };
  if (source.fields.length > mostColumns) {
    plan.problems.push({
      file: file.path,
      message: `has ${source.fields.length} different fields: the first ${mostColumns} became columns`,
    });
    source.fields.length = mostColumns;
  }
  for (const route of await findRoutes(connection, source, file.table)) {
    const planned =
      route.kind === 'windows'
        ? await planWindows(connection, source, route)
        : await planPlain(connection, plan, route);
    if (planned.columns.length > 0) plan.tables.push(planned);
  }
  if (plan.tables.length === 0)
    plan.problems.push({ file: file.path, message: 'holds no fields: no table is made of it' });
  return plan;
}

/** SQL of the derived columns of a Windows route, over fields that `asked` collects. */
export function windowsColumns(route: Route, source: RecordSource, asked: AskedFields): Record<string, string> {
  const texts = {
    names: source.fields,
    has: (name: string) => source.fields.includes(name),
    text: (...names: string[]) =>
      firstText(
        names.filter((name) => source.fields.includes(name)),
        asked,
      ),
  };
  return route.table === 'SecurityEvent' ? securityEventColumns(texts) : eventColumns(texts);
}

/** SQL of the first of several fields that a row fills; events write one field in several spellings (ProcessID, ProcessId). */
export function firstText(names: string[], asked: AskedFields): string {
  const found = names.map((name) => asked.text(name));
  if (found.length === 0) return 'NULL::VARCHAR';
  return found.length === 1 ? `${found[0]}` : `coalesce(${found.join(', ')})`;
}

async function planWindows(connection: DuckDBConnection, source: RecordSource, route: Route): Promise<PlannedTable> {
  const known = knownTable(route.table);
  const derived = Object.keys(windowsColumns(route, source, new AskedFields(source)));
  const columns: PlannedColumn[] = derived.map((name) => column(name, known));
  for (const field of source.fields) {
    const target = known?.byLowerName.get(field.toLowerCase());
    if (target && !columns.some((one) => one.name === target.name))
      columns.push({ name: target.name, fixed: target.type, field });
  }
  const asked = new AskedFields(source);
  const where = rowsOfRoute(route, source, asked);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${asked.from()} WHERE ${where}`);
  return { table: route.table, route, rows: Number(counted.getRows()[0]?.[0] ?? 0), columns };
}

async function planPlain(connection: DuckDBConnection, plan: FilePlan, route: Route): Promise<PlannedTable> {
  const { source, file } = plan;
  const known = knownTable(route.table);
  const columns = nameColumns(plan, route.table, known);
  const asked = new AskedFields(source);
  const measures = columns.flatMap((one) => {
    if (one.field === undefined) return [];
    if (one.declared) return [`count(${asked.text(one.field)})`, '0'];
    if (one.fixed) return [`count(${asked.text(one.field)})`, `count_if(${isLost(asked.text(one.field), one.fixed)})`];
    const value = asked.value(one.field);
    return [
      `count(${value})`,
      `bit_or((${source.values === 'json' ? kindOfJson(value) : kindOfText(value)})::INTEGER)`,
    ];
  });
  const where = rowsOfRoute(route, source, asked);
  const answer = await connection.runAndReadAll(
    `SELECT ${['count(*)', ...measures].join(', ')} FROM ${asked.from()} WHERE ${where}`,
  );
  const numbers = (answer.getRows()[0] ?? []).map((value) => Number(value ?? 0));
  const kept: PlannedColumn[] = [];
  let place = 1;
  for (const one of columns) {
    if (one.field === undefined) {
      kept.push(one);
      continue;
    }
    const present = numbers[place++] ?? 0;
    const measure = numbers[place++] ?? 0;
    if (route.kind !== 'own' && present === 0) continue;
    if (one.fixed && !one.declared && measure > 0) {
      plan.problems.push({
        file: file.path,
        message: `${measure} values of ${one.name} are no ${one.fixed} and became null`,
      });
    }
    kept.push(one.fixed || one.declared ? one : { ...one, kinds: measure });
  }
  return { table: route.table, route, rows: numbers[0] ?? 0, columns: kept };
}

/** Gives each field a column. DuckDB ignores case in names: of two fields that differ in case only, one is renamed, and said. */
function nameColumns(plan: FilePlan, table: string, known: KnownTable | undefined): PlannedColumn[] {
  const { source, file } = plan;
  const taken = new Set([fileColumn]);
  const columns: PlannedColumn[] = [];
  const exactFirst = [...source.fields].sort((a, b) => Number(isExact(b, known)) - Number(isExact(a, known)));
  const names = new Map<string, string>();
  for (const field of exactFirst) {
    const wanted = known?.byLowerName.get(field.toLowerCase())?.name ?? (field.trim() || 'Column');
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`;
    taken.add(name.toLowerCase());
    names.set(field, name);
    if (name === wanted) continue;
    const message = `the field ${field} is the name of another column, in upper or lower case: its own in ${table} is ${name}`;
    plan.problems.push({ file: file.path, message });
  }
  for (const field of source.fields) {
    const name = names.get(field) ?? field;
    const declared = source.declared.get(field);
    columns.push({ ...column(name, known), ...(declared ? { declared } : {}), field });
  }
  const hasTime = taken.has('timegenerated') || (!known && taken.has('timestamp'));
  if (!hasTime && timeField(source)) columns.unshift({ name: 'TimeGenerated', fixed: 'datetime' });
  if (known?.byLowerName.has('type') && !taken.has('type')) columns.push({ name: 'Type', fixed: 'string' });
  return columns;
}

/** The field that TimeGenerated is taken from where the records have none. */
function timeField(source: RecordSource): string | undefined {
  return [...eventTimeFields, 'Timestamp'].find((field) => source.fields.includes(field));
}

/** SQL of a column that no field holds, in stored form. */
export function madeColumn(name: string, table: string, source: RecordSource, asked: AskedFields): string {
  if (name !== 'TimeGenerated') return quoteText(table);
  const field = timeField(source);
  return field ? textToType(asked.text(field), 'datetime') : 'NULL::BIGINT';
}

/** TimeGenerated is a time in every table. */
function column(name: string, known: KnownTable | undefined): PlannedColumn {
  const fixed = known?.byLowerName.get(name.toLowerCase())?.type ?? (name === 'TimeGenerated' ? 'datetime' : undefined);
  return fixed ? { name, fixed } : { name };
}

function isExact(field: string, known: KnownTable | undefined): boolean {
  return known?.byLowerName.get(field.toLowerCase())?.name === field;
}
